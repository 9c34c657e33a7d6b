/** How the world is drawn: in the page's own colours, by day and by night. */
import type { Map as GlMap, StyleSpecification } from "maplibre-gl";
import type { World } from "./world";

const PAINTS = [
  ["sea", "background-color", "--sunken"],
  ["land", "fill-color", "--raised"],
  ["coast", "line-color", "--line-strong"],
  ["borders", "line-color", "--line"],
] as const;

/** A token as a colour that WebGL understands. */
function colourOf(token: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(${token})`;
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

export function styleOf({ land, borders }: World): StyleSpecification {
  return {
    version: 8,
    sources: {
      land: { type: "geojson", data: land, tolerance: 0.3 },
      borders: { type: "geojson", data: borders, tolerance: 0.3 },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": colourOf("--sunken") } },
      { id: "land", type: "fill", source: "land", paint: { "fill-color": colourOf("--raised") } },
      {
        id: "borders",
        type: "line",
        source: "borders",
        layout: { "line-join": "round" },
        paint: { "line-color": colourOf("--line"), "line-width": ["interpolate", ["linear"], ["zoom"], 0, 0.6, 6, 1.4] },
      },
      {
        id: "coast",
        type: "line",
        source: "land",
        layout: { "line-join": "round" },
        paint: { "line-color": colourOf("--line-strong"), "line-width": 0.7, "line-opacity": 0.7 },
      },
    ],
  };
}

/** Paint anew whenever the page turns light or dark. */
export function followTheme(map: GlMap): void {
  const paint = (): void => {
    for (const [layer, property, token] of PAINTS) map.setPaintProperty(layer, property, colourOf(token));
  };
  document.addEventListener("leconfield:theme", paint);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
}
