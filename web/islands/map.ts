/** The map island: places with what happened there, offline, with the brush of the timeline below. */
import { brush } from "./brush";
import { hasWebGl, makeMap } from "./map/canvas";
import { Pins } from "./map/pins";
import { type Spot, spotsWithin } from "./map/places";
import { daysOf } from "./time";
import { loadJson, note } from "./time-load";
import type { MapPlace, Mount } from "./types";

export const mount: Mount = async (host) => {
  if (!hasWebGl()) {
    host.replaceChildren(note("This browser cannot draw maps (WebGL 2 is off). The table below shows the same places."));
    return;
  }
  const { places } = await loadJson<{ places: MapPlace[] }>(host);
  if (!places.length) {
    host.replaceChildren(note("No place here has known coordinates yet; what gets them will be drawn here."));
    return;
  }
  const canvas = document.createElement("div");
  canvas.className = "island-canvas dense";
  const tools = document.createElement("div");
  tools.className = "island-tools";
  const says = document.createElement("span");
  says.className = "says";
  tools.append(says);
  host.replaceChildren(tools, canvas);
  const pins = new Pins(await makeMap(canvas, places), host);
  const show = (spots: readonly Spot[]): void => {
    pins.show(spots);
    says.textContent = standing(spots);
  };
  const moments = places.flatMap((place) => place.moments.map(daysOf));
  brush(
    host,
    () => moments,
    (range) => show(spotsWithin(places, range)),
  );
  show(spotsWithin(places, null));
};

function standing(spots: readonly Spot[]): string {
  const sum = spots.reduce((total, { count }) => total + count, 0);
  const told = (many: number, one: string): string => `${many.toLocaleString("en-GB")} ${one}${many === 1 ? "" : "s"}`;
  return `${told(sum, "happening")} at ${told(spots.length, "place")}`;
}
