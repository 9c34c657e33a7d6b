/** The chart by keyboard: arrows to the nearest in that direction, Enter opens, Space pins, brackets step through links. */
import type { Acts } from "./acts";
import type { Menus } from "./menus";
import type { Place } from "./network";
import type { Scene } from "./scene";

const WAYS: Readonly<Record<string, Place>> = {
  ArrowRight: { x: 1, y: 0 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowUp: { x: 0, y: 1 },
  ArrowDown: { x: 0, y: -1 },
};
const ZOOM: Readonly<Record<string, number>> = { "+": 1 / 1.4, "=": 1 / 1.4, "-": 1.4 };

export class Keys {
  constructor(
    private readonly scene: Scene,
    private readonly acts: Acts,
    private readonly menus: Menus,
  ) {
    scene.canvas.addEventListener("keydown", (event) => this.onKey(event));
  }

  private onKey(event: KeyboardEvent): void {
    if (event.target !== this.scene.canvas || event.altKey) return;
    if (this.acted(event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  private acted(event: KeyboardEvent): boolean {
    const { key } = event;
    const { scene, acts } = this;
    const { one, network } = scene;
    const control = event.ctrlKey || event.metaKey;
    if (control && key.toLowerCase() === "z") return this.did(() => (event.shiftKey ? acts.redo() : acts.undo()));
    if (control && key === "a") return this.did(() => scene.select(network.showing()));
    if (control) return false;
    const way = WAYS[key];
    if (way) return this.did(() => this.step(way, event.shiftKey));
    const zoom = ZOOM[key];
    if (zoom) return this.did(() => this.zoom(zoom));
    if (key === "ContextMenu" || (key === "F10" && event.shiftKey)) return this.did(() => this.menus.forSelection());
    if (key === "Escape") return this.did(() => scene.select([]));
    if (key === "]" || key === "[") return this.did(() => this.stepLink(key === "]" ? 1 : -1));
    if (one === undefined) return false;
    if (key === "Enter") return this.did(() => acts.open(one));
    if (key === " ") return this.did(() => acts.pin(network.chosen, !network.node(one).pinned));
    if (key === "Delete" || key === "Backspace") return this.did(() => acts.hide(network.chosen));
    return false;
  }

  private did(act: () => void): true {
    act();
    return true;
  }

  private zoom(factor: number): void {
    const camera = this.scene.view.getCamera();
    camera.setState({ ratio: camera.getBoundedRatio(camera.ratio * factor) });
  }

  private step(way: Place, more: boolean): void {
    const { network, view } = this.scene;
    const here = [...network.chosen].at(-1);
    const next = here === undefined ? this.middle() : this.nearest(here, way);
    if (next === undefined) return;
    this.scene.select(more && network.chosen.has(next) ? network.chosen : [next], more && !network.chosen.has(next));
    view.reveal(network.node(next));
  }

  /** Where to begin: with whom the chart is of, or else the most linked. */
  private middle(): string | undefined {
    const [asked] = this.scene.network.asked;
    if (asked !== undefined && !this.scene.network.node(asked).hidden) return asked;
    const touched = (id: string): number => this.scene.network.node(id).touched;
    return this.scene.network.showing().sort((a, b) => touched(b) - touched(a) || (a < b ? -1 : 1))[0];
  }

  /** Far costs, and off the way costs twice. */
  private nearest(here: string, way: Place): string | undefined {
    const { network } = this.scene;
    const from = network.node(here);
    let [best, found]: [number, string | undefined] = [Infinity, undefined];
    for (const id of network.showing()) {
      const { x, y } = network.node(id);
      const ahead = (x - from.x) * way.x + (y - from.y) * way.y;
      const off = Math.abs((x - from.x) * way.y) + Math.abs((y - from.y) * way.x);
      if (id === here || ahead <= 0 || off > 2 * ahead) continue;
      const cost = ahead + 2 * off;
      if (cost < best) [best, found] = [cost, id];
    }
    return found;
  }

  /** Through the links of the selected subject, and on from a selected link. */
  private stepLink(by: number): void {
    const { network } = this.scene;
    const { graph, chosenLink } = network;
    const of = this.scene.one ?? (chosenLink ? graph.source(chosenLink) : undefined);
    if (of === undefined) return;
    const links = graph.edges(of).filter((id) => !network.link(id).hidden);
    if (!links.length) return;
    const at = chosenLink ? links.indexOf(chosenLink) : by > 0 ? -1 : 0;
    this.scene.selectLink(links[(at + by + links.length) % links.length]!);
  }
}
