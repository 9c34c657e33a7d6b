/** What can be taken off the page: pictures and files of the chart as it is arranged, and the chart itself, to be kept. */
import type { ChartSettings } from "../types";
import type { Item } from "./menu";
import { savePicture } from "./picture";
import type { Scene } from "./scene";

const FILES: Readonly<Record<string, string>> = { svg: "SVG", pdf: "PDF", anx: "i2 chart (ANX)", gexf: "GEXF" };

const form = (): HTMLFormElement | null => document.querySelector<HTMLFormElement>("form[data-chart-save]");

/** A line for each subject: id, x, y, and `p` for pinned, `h` for hidden, `a` for whom the chart is of. */
export function drawn({ network }: Scene): string {
  const mark = (id: string): string => {
    const hidden = network.away.has(id) ? "h" : "";
    return `${network.node(id).pinned ? "p" : ""}${hidden}${network.asked.has(id) ? "a" : ""}`;
  };
  const line = (id: string): string => {
    const { x, y } = network.node(id);
    return [id, Math.round(x * 10) / 10, Math.round(y * 10) / 10, mark(id)].join(" ").trimEnd();
  };
  return network.graph.nodes().sort().map(line).join("\n");
}

export const settingsOf = ({ network, form: layout }: Scene): ChartSettings => ({
  layout,
  offSchemata: [...network.offSchemata].sort(),
  offProps: [...network.offProps].sort(),
});

function fill(into: HTMLFormElement, scene: Scene): void {
  const { layout, offSchemata, offProps } = settingsOf(scene);
  const values = { drawn: drawn(scene), layout, schemata: offSchemata.join("\n"), props: offProps.join("\n") };
  for (const [name, value] of Object.entries(values)) {
    const field = into.elements.namedItem(name);
    if (field instanceof HTMLInputElement) field.value = value;
  }
}

/** The form below keeps what is drawn here, not what the page began with. */
export function keep(scene: Scene): void {
  form()?.addEventListener("submit", (event) => fill(event.currentTarget as HTMLFormElement, scene));
}

/** The server draws it anew, so that the file bears what its reader may see and the marking. */
function take(scene: Scene, ending: string): void {
  const page = form();
  if (!page) return;
  const sent = page.cloneNode(true) as HTMLFormElement;
  for (const field of sent.querySelectorAll<HTMLInputElement>("[required]")) field.required = false;
  sent.hidden = true;
  sent.action = `/chart/picture.${ending}`;
  document.body.append(sent);
  fill(sent, scene);
  sent.submit();
  sent.remove();
  scene.say(`${FILES[ending]}: on its way, with the page's marking`);
}

export function takeable(scene: Scene): Item[] {
  const files = form() ? Object.entries(FILES) : [];
  return [
    { words: "Picture (PNG)", heading: "Take along, as arranged", act: () => savePicture(scene) },
    ...files.map(([ending, words]) => ({ words, act: () => take(scene, ending) })),
  ];
}
