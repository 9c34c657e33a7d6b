/** The chart: subjects and links in WebGL, with a toolbar, a legend that filters and the time below. */
import { brush } from "./brush";
import { Acts } from "./chart/acts";
import { Keys } from "./chart/keys";
import { Legend } from "./chart/legend";
import { closeMenu } from "./chart/menu";
import { Menus } from "./chart/menus";
import { readPalette } from "./chart/palette";
import { Pointer } from "./chart/pointer";
import { Scene } from "./chart/scene";
import { Source } from "./chart/source";
import { keep } from "./chart/take";
import { Tools } from "./chart/tools";
import { turn } from "./chart/turns";
import type { ChartData, Mount } from "./types";

/** Up to so many, the first picture is the settled one. */
const SMALL = 400;
/** On the browser's own timeline, for whoever measures. */
const DRAWN = "chart drawn";

function made(className: string): HTMLElement {
  const element = document.createElement("div");
  element.className = className;
  return element;
}

function frame(host: HTMLElement): { bar: HTMLElement; says: HTMLElement; canvas: HTMLElement } {
  const bar = made("island-tools");
  const says = document.createElement("span");
  says.className = "says";
  says.setAttribute("role", "status");
  bar.append(says);
  const canvas = made("island-canvas dense");
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  canvas.setAttribute(
    "aria-label",
    `${host.getAttribute("aria-label") ?? "Chart"}: arrow keys move the selection, Enter opens, e expands, m for more`,
  );
  host.replaceChildren(bar, canvas);
  return { bar, says, canvas };
}

export const mount: Mount = async (host) => {
  const source = new Source(host.dataset["src"] ?? "");
  const asked = source.whole(); // on its way while the canvas is made
  const { bar, says, canvas } = frame(host);
  const scene = new Scene(host, canvas, says, source);
  const acts = new Acts(scene);
  const menus = new Menus(scene, acts);
  new Pointer(scene, acts, menus);
  new Keys(scene, acts, menus);
  new Tools(bar, scene, acts, menus);
  furnish(scene, acts);
  keep(scene);
  await begin(scene, await asked);
};

/** Legend and time below; and what the page may change: its theme, its fonts, its width. */
function furnish(scene: Scene, acts: Acts): void {
  const { host, network } = scene;
  const legend = new Legend(scene, acts);
  host.append(legend.element);
  const time = brush(
    host,
    () => network.moments(),
    (range) => acts.within(range),
  );
  let known = "";
  scene.listen(() => {
    legend.refresh();
    const now = `${network.graph.size} ${[...network.offProps, ...network.offSchemata].join()} ${[...network.away].join()}`;
    if (now !== known) time.refresh();
    known = now;
  });
  const repaint = (): void => {
    network.palette = readPalette(host);
    scene.redraw();
  };
  document.addEventListener("leconfield:theme", repaint);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  void document.fonts.ready.then(() => scene.labels.forgetWidths());
  scene.view.on("kill", closeMenu);
}

async function begin(scene: Scene, data: ChartData): Promise<void> {
  const { view, host, canvas } = scene;
  await scene.begin(data);
  const large = data.nodes.length > SMALL || data.places !== undefined;
  view.arranging = !data.places;
  canvas.style.visibility = large ? "" : "hidden";
  if (large) {
    view.fit(false);
    performance.mark(DRAWN);
    await turn();
  }
  scene.changed();
  if (data.places) {
    host.dataset["settled"] = "yes";
    return scene.counted();
  }
  const settled = scene.settle().then(() => {
    canvas.style.visibility = "";
    if (!large) performance.mark(DRAWN);
    host.dataset["settled"] = "yes";
  });
  if (!large) await settled;
  else settled.catch((problem: unknown) => scene.say(`could not be arranged: ${String(problem)}`));
}
