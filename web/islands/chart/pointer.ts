/** The pointer: hover, select, drag, right click, double click; shift-drag a box, alt-drag a lasso. */
import type { MouseCoords, SigmaNodeEventPayload } from "sigma/types";
import type { Acts } from "./acts";
import { closeMenu } from "./menu";
import type { Menus } from "./menus";
import type { Place } from "./network";
import type { Scene } from "./scene";

const SLACK = 4;

type Before = Map<string, Place & { pinned: boolean }>;
interface Drag {
  from: Place;
  before: Before;
  begun: boolean;
}

export class Pointer {
  private drag: Drag | null = null;
  private trail: Place[] | null = null;
  private lasso = false;
  private boxed = false;
  private readonly area = document.createElementNS("http://www.w3.org/2000/svg", "polygon");
  private readonly sheet = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  private waiting = 0;
  private last: MouseCoords | null = null;

  constructor(
    private readonly scene: Scene,
    private readonly acts: Acts,
    private readonly menus: Menus,
  ) {
    const { view } = scene;
    view.on("enterNode", ({ node }) => this.hover(node));
    view.on("leaveNode", () => this.hover(null));
    view.on("downNode", (payload) => this.down(payload));
    view.on("clickNode", ({ node, event }) => this.clickNode(node, event));
    view.on("doubleClickNode", ({ node, preventSigmaDefault }) => {
      preventSigmaDefault();
      void acts.expand(node);
    });
    view.on("rightClickNode", ({ node, event }) => this.menu(event, () => menus.node(node, event)));
    view.on("downStage", ({ event }) => this.downStage(event));
    view.on("clickStage", ({ event }) => this.clickStage(event));
    view.on("rightClickStage", ({ event }) => this.menu(event, () => this.menuOfStage(event)));
    view.on("moveBody", ({ event }) => this.move(event));
    document.addEventListener("pointerup", () => this.up());
    document.addEventListener("touchend", () => this.up());
    this.sheet.setAttribute("class", "chart-area");
    this.sheet.style.cssText = "position:absolute;inset:0;width:100%;height:100%;pointer-events:none";
    this.sheet.append(this.area);
  }

  private hover(id: string | null): void {
    this.scene.labels.hovered = id;
    this.scene.canvas.style.cursor = id ? "pointer" : "";
    this.scene.labels.schedule();
  }

  private menu(event: MouseCoords, open: () => void): void {
    event.preventSigmaDefault();
    event.original.preventDefault();
    open();
  }

  private menuOfStage(event: MouseCoords): void {
    const link = this.scene.view.linkAt(event);
    if (link) this.menus.link(link, event);
    else this.menus.background(event);
  }

  private clickNode(id: string, { original }: MouseCoords): void {
    this.focus();
    if (this.boxed) return;
    this.scene.select([id], original.shiftKey || original.ctrlKey || original.metaKey);
  }

  private clickStage(event: MouseCoords): void {
    this.focus();
    if (this.boxed) return;
    const link = this.scene.view.linkAt(event);
    if (link) this.scene.selectLink(link);
    else if (this.scene.network.chosen.size || this.scene.network.chosenLink) this.scene.select([]);
  }

  private focus(): void {
    closeMenu();
    this.scene.canvas.focus({ preventScroll: true });
  }

  private down({ node, event }: SigmaNodeEventPayload): void {
    this.boxed = false;
    if (event.original.shiftKey || event.original.altKey) return this.downStage(event);
    const { chosen } = this.scene.network;
    const those = chosen.has(node) ? [...chosen] : [node];
    const before: Before = new Map(
      those.map((id) => {
        const { x, y, pinned } = this.scene.network.node(id);
        return [id, { x, y, pinned }] as const;
      }),
    );
    this.drag = { from: { x: event.x, y: event.y }, before, begun: false };
  }

  private downStage(event: MouseCoords): void {
    this.boxed = false;
    const { shiftKey, altKey } = event.original;
    if (!shiftKey && !altKey) return;
    this.trail = [{ x: event.x, y: event.y }];
    this.lasso = altKey;
    this.scene.canvas.append(this.sheet);
    const { accent } = this.scene.network.palette;
    this.area.setAttribute("fill", accent);
    this.area.setAttribute("stroke", accent);
    this.area.setAttribute("fill-opacity", "0.12");
    this.area.setAttribute("points", "");
  }

  private move(event: MouseCoords): void {
    if (this.drag || this.trail) {
      event.preventSigmaDefault();
      event.original.preventDefault();
      if (this.drag) this.pull(this.drag, event);
      else this.draw(event);
    } else {
      this.last = event;
      this.waiting ||= requestAnimationFrame(() => {
        this.waiting = 0;
        if (this.last) this.hoverLink(this.last);
      });
    }
  }

  private hoverLink(event: MouseCoords): void {
    const { labels, view, canvas } = this.scene;
    const inside = event.original.target instanceof Node && canvas.contains(event.original.target);
    const link = inside && !labels.hovered ? view.linkAt(event) : null;
    if (link === labels.hoveredLink) return;
    labels.hoveredLink = link;
    if (!labels.hovered) canvas.style.cursor = link ? "pointer" : "";
    labels.schedule();
  }

  private pull(drag: Drag, event: MouseCoords): void {
    if (!drag.begun && Math.hypot(event.x - drag.from.x, event.y - drag.from.y) < SLACK) return;
    const { view, network, layout } = this.scene;
    if (!drag.begun) layout.stop();
    drag.begun = true;
    const [from, to] = [view.viewportToGraph(drag.from), view.viewportToGraph(event)];
    const links = new Set<string>();
    for (const [id, { x, y }] of drag.before) {
      const node = network.node(id);
      node.x = x + to.x - from.x;
      node.y = y + to.y - from.y;
      for (const each of network.graph.edges(id)) links.add(each);
    }
    view.moves();
    const nodes = [...drag.before.keys()];
    view.refresh({ partialGraph: { nodes, edges: [...links] }, skipIndexation: true, schedule: true });
  }

  private draw({ x, y }: Place): void {
    const [first] = this.trail!;
    this.trail!.push({ x, y });
    this.area.setAttribute("points", this.outline(first!, { x, y }));
  }

  private outline(first: Place, last: Place): string {
    const corners = this.lasso
      ? this.trail!
      : [first, { x: last.x, y: first.y }, last, { x: first.x, y: last.y }];
    return corners.map(({ x, y }) => `${x},${y}`).join(" ");
  }

  private up(): void {
    const { drag, trail } = this;
    [this.drag, this.trail] = [null, null];
    this.sheet.remove();
    if (drag?.begun) {
      this.boxed = true; // the click that ends a drag selects nobody
      this.acts.moved(drag.before);
    }
    if (trail && trail.length > 2) this.choose();
  }

  private choose(): void {
    this.boxed = true;
    const { view, network } = this.scene;
    const corners = [...this.area.points].map(({ x, y }) => ({ x, y }));
    const inside = network.showing().filter((id) => contains(corners, view.graphToViewport(network.node(id))));
    this.scene.select(inside);
  }
}

/** Whether a polygon contains a point: a ray to the right crosses its outline an odd number of times. */
export function contains(corners: readonly Place[], { x, y }: Place): boolean {
  let odd = false;
  corners.forEach((here, at) => {
    const last = corners.at(at - 1)!;
    const crosses = here.y > y !== last.y > y;
    if (crosses && x < ((last.x - here.x) * (y - here.y)) / (last.y - here.y) + here.x) odd = !odd;
  });
  return odd;
}
