/** The WebGL canvas: sigma with our shapes and lines, fewer pixels where there is no GPU, and a fit that heeds filters. */
import { MultiDirectedGraph } from "graphology";
import Sigma from "sigma";
import { LineProgram } from "./lines";
import type { LinkData, Network, NodeData, Place } from "./network";
import { ShapeProgram } from "./shapes";
import { inTurns } from "./turns";
import { drawsInSoftware } from "./webgl";

/** Room around the drawing for names (px), at most this share of the canvas. */
const MARGIN = { x: 84, y: 34, share: 0.14 };
const MANY_LINKS = 1500;
/** After so long without a motion the picture rests (ms). */
const REST = 130;
const QUIET = matchMedia("(prefers-reduced-motion: reduce)");

export const swift = (): number => (QUIET.matches ? 0 : 140);

/** Layers of sigma that we leave empty: each would still be laid over the others in every frame. */
const UNUSED = ["edgeLabels", "labels", "hovers", "hoverNodes"];
/** Pixels of the drawing to one of the page while a crowd of so many moves in software. */
const COARSE = 0.5;
const CROWD = 600;
/** How far off a node the pointer may be (px). */
const NEAR = 3;

const NOTHING: Network["graph"] = new MultiDirectedGraph();

/** What we reach for inside sigma, which offers no setting for it. */
interface Inside {
  pixelRatio: number;
  pickingLayers: Set<string>;
  webGLContexts: Record<string, WebGLRenderingContext>;
  bindGraphHandlers: () => void;
  unbindGraphHandlers: () => void;
  addNode: (id: string) => void;
  graph: Network["graph"];
  nodeDataCache: Record<string, NodeData>;
  edgeDataCache: Record<string, LinkData>;
  nodeZExtent: [number, number];
  edgeZExtent: [number, number];
  getNodeAtPosition: (point: Place) => string | null;
}

export class View extends Sigma<NodeData, LinkData> {
  readonly software: boolean;
  private motion = 0;
  /** While the first picture is made up. */
  empty = false;
  /** While the layout is at work. */
  arranging = false;

  constructor(
    private readonly network: Network,
    host: HTMLElement,
  ) {
    super(network.graph, host, {
      allowInvalidContainer: true,
      renderLabels: false,
      renderEdgeLabels: false,
      enableEdgeEvents: false,
      zIndex: true,
      stagePadding: 0,
      minCameraRatio: 0.02,
      maxCameraRatio: 3,
      zoomDuration: swift(),
      inertiaDuration: swift(),
      doubleClickZoomingDuration: swift(),
      defaultNodeType: "subject",
      defaultEdgeType: "link",
      nodeProgramClasses: { subject: ShapeProgram },
      edgeProgramClasses: { link: LineProgram },
      defaultDrawNodeHover: () => {},
    });
    const inside = this as unknown as Inside;
    inside.pickingLayers.clear();
    [inside.nodeZExtent, inside.edgeZExtent] = [[0, 1], [0, 2]];
    inside.getNodeAtPosition = (point): string | null => this.nodeAt(point);
    for (const name of UNUSED) this.getCanvases()[name]!.style.display = "none";
    this.software = drawsInSoftware(this.getCanvases()["nodes"]);
    if (this.software) this.resize(true);
    this.getCamera().on("updated", () => this.moves());
  }

  /** Whether the picture moves, or has just done so. */
  get moving(): boolean {
    return this.motion !== 0;
  }

  /** Links are left out in motion where drawing them all would make the hand wait. */
  get sparing(): boolean {
    return this.software && (this.moving || this.arranging) && this.network.graph.size > MANY_LINKS;
  }

  /** Say that the picture moves; when it has come to rest all of it is drawn once more. */
  moves(): void {
    window.clearTimeout(this.motion);
    this.motion = window.setTimeout(() => {
      this.motion = 0;
      this.scheduleRender();
    }, REST);
  }

  override resize(force?: boolean): this {
    super.resize(force);
    if (this.software) this.spare();
    return this;
  }

  /** sigma always draws at the screen's ratio; in software a quarter of the pixels is four times as quick. */
  private spare(): void {
    const { width, height } = this.getDimensions();
    const inside = this as unknown as Inside;
    const ratio = this.moving && this.network.graph.order > CROWD ? COARSE : 1;
    inside.pixelRatio = ratio;
    for (const [name, canvas] of Object.entries(this.getCanvases())) {
      const gl = inside.webGLContexts[name];
      const [wide, high] = [width, height].map((each) => Math.max(1, Math.round(each * (gl ? ratio : 1)))) as [number, number];
      if (canvas.width === wide && canvas.height === high) continue;
      canvas.width = wide;
      canvas.height = high;
      gl?.viewport(0, 0, wide, high);
    }
  }

  /** The first picture is made up behind an empty one: nothing is drawn before `act` is done. */
  async beginning(act: () => Promise<void>): Promise<void> {
    const inside = this as unknown as Inside;
    inside.unbindGraphHandlers();
    inside.graph = NOTHING;
    this.empty = true;
    try {
      await act();
    } finally {
      inside.graph = this.network.graph;
      inside.bindGraphHandlers();
      this.empty = false;
    }
  }

  /** Take over how everything is drawn, a piece at a time; `replace` then draws it. */
  async takeOver(): Promise<void> {
    const { graph } = this.network;
    const inside = this as unknown as Inside;
    await inTurns(graph.nodes(), (id) => {
      inside.graph = graph;
      inside.addNode(id);
      inside.graph = NOTHING;
    });
    this.shareLinks();
  }

  /** sigma draws from copies; of links, of which there are many and on which it never writes, from ours. */
  private shareLinks(): void {
    const { edgeDataCache } = this as unknown as Inside;
    this.network.graph.forEachEdge((id, link) => (edgeDataCache[id] = link));
  }

  /** Draw anew where nothing but places has changed: half the work of `refresh`. */
  replace(schedule = false): void {
    this.refresh({ partialGraph: {}, skipIndexation: false, schedule });
  }

  /** Draw anew where only styles have changed: they are written straight into what sigma draws from. */
  repaint(): void {
    const { nodeDataCache } = this as unknown as Inside;
    this.network.graph.forEachNode((id, { size, color, fill, halo, hidden, zIndex }) => {
      const drawn = nodeDataCache[id];
      if (!drawn) return;
      drawn.size = size;
      drawn.color = color;
      drawn.fill = fill;
      drawn.halo = halo;
      drawn.hidden = hidden;
      drawn.zIndex = zIndex;
    });
    this.shareLinks();
    this.replace(true);
  }

  /** The part of the canvas that subjects may fill (px). */
  room(): { width: number; height: number } {
    const { width, height } = this.getDimensions();
    const margin = (length: number, most: number): number => Math.min(most, length * MARGIN.share);
    return { width: width - 2 * margin(width, MARGIN.x), height: height - 2 * margin(height, MARGIN.y) };
  }

  /** Take in everything that shows; at once, or in a short motion. */
  fit(gently = true): void {
    let [x0, x1, y0, y1] = [Infinity, -Infinity, Infinity, -Infinity];
    this.network.graph.forEachNode((_, { hidden, x, y }) => {
      if (hidden) return;
      [x0, x1, y0, y1] = [Math.min(x0, x), Math.max(x1, x), Math.min(y0, y), Math.max(y1, y)];
    });
    if (x0 > x1) return;
    const [midX, midY] = [(x0 + x1) / 2, (y0 + y1) / 2];
    const { width, height } = this.getDimensions();
    const room = this.room();
    const scale = Math.min(room.width / (x1 - x0 + 1e-9), room.height / (y1 - y0 + 1e-9), 1.5);
    const [halfX, halfY] = [width / scale / 2, height / scale / 2];
    this.setCustomBBox({ x: [midX - halfX, midX + halfX], y: [midY - halfY, midY + halfY] });
    this.replace();
    if (gently) void this.getCamera().animatedReset({ duration: swift() });
    else this.getCamera().setState({ x: 0.5, y: 0.5, ratio: 1, angle: 0 });
  }

  /** Bring a place into sight if it is not. */
  reveal(place: Place): void {
    const { width, height } = this.getDimensions();
    const at = this.graphToViewport(place);
    const edge = 40;
    if (at.x > edge && at.x < width - edge && at.y > edge && at.y < height - edge) return;
    const { x, y } = this.viewportToFramedGraph(at);
    void this.getCamera().animate({ x, y }, { duration: swift() });
  }

  /** Screen pixels in one unit of the graph. */
  unit(): number {
    const [zero, one] = [this.graphToViewport({ x: 0, y: 0 }), this.graphToViewport({ x: 100, y: 0 })];
    return Math.hypot(one.x - zero.x, one.y - zero.y) / 100;
  }

  /** The showing subject under a point of the canvas. */
  private nodeAt(point: Place): string | null {
    const { x, y } = this.viewportToGraph(point);
    const unit = this.unit();
    let [found, best]: [string | null, number] = [null, 0];
    this.network.graph.forEachNode((id, node) => {
      if (node.hidden) return;
      const off = Math.hypot(node.x - x, node.y - y) * unit - this.scaleSize(node.size) - NEAR;
      if (off < best) [found, best] = [id, off];
    });
    return found;
  }

  /** The showing link within a few pixels of a point of the canvas. */
  linkAt(point: Place): string | null {
    const { x, y } = this.viewportToGraph(point);
    const unit = this.unit();
    const spread = Math.sqrt(this.getCamera().ratio) * unit;
    let nearest: string | null = null;
    let best = 7 / unit;
    this.network.graph.forEachEdge((id, link, _s, _t, from, to) => {
      if (link.hidden) return;
      const [dx, dy] = [to.x - from.x, to.y - from.y];
      const far = Math.hypot(dx, dy) || 1;
      const aside = link.aside / spread;
      const [px, py] = [x - from.x + (dy / far) * aside, y - from.y - (dx / far) * aside];
      const along = Math.max(0, Math.min(1, (px * dx + py * dy) / (far * far)));
      const off = Math.hypot(px - along * dx, py - along * dy);
      if (off < best) [nearest, best] = [id, off];
    });
    return nearest;
  }
}
