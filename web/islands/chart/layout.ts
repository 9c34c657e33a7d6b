/** Lets the network settle in a worker: everybody at first, later only who is new, so that a picture learnt stays. */
import address from "worker:./settle.ts";
import { type Form, POINT, type Settled, type Work } from "./layout-work";
import { type Network, type NodeData, seeded } from "./network";

export interface Room {
  width: number;
  height: number;
}

export class Layout {
  private worker: Worker | null = null;
  private scale = 1;
  private release = (): void => {};

  constructor(
    private readonly network: Network,
    private readonly moved: (done: boolean) => void,
  ) {}

  get running(): boolean {
    return this.worker !== null;
  }

  /** Everybody but the pinned, into the room; resolves when settled or stopped. */
  whole(room: Room, form: Form): Promise<void> {
    const pins = this.network.graph.findNode((_, each) => each.pinned) !== undefined;
    const count = this.network.graph.order;
    if (!pins && form === "force") this.reseed();
    const rounds = count > 2000 ? 220 : count > 400 ? 350 : 700;
    const beat = count > 2000 ? 700 : count > 400 ? 250 : 0;
    return this.run((each) => each.pinned, { form, rounds, beat, ...(pins ? { width: 0, height: 0 } : room) });
  }

  /** Only these; all others stay. */
  only(ids: readonly string[]): Promise<void> {
    const free = new Set(ids);
    return this.run((each) => !free.has(each.about.id), { form: "force", rounds: 90, beat: 0, width: 0, height: 0 });
  }

  stop(): void {
    this.worker?.terminate();
    this.worker = null;
    this.release();
  }

  private reseed(): void {
    this.scale = 1;
    const radius = 12 * Math.sqrt(this.network.graph.order);
    this.network.graph.forEachNode((id, node) => Object.assign(node, seeded(id, radius)));
  }

  private run(held: (node: NodeData) => boolean, rest: Pick<Work, "form" | "rounds" | "beat" | "width" | "height">) {
    this.stop();
    const { graph } = this.network;
    const ids = graph.nodes().sort();
    const work = { ...rest, scale: this.scale, ...this.flat(ids, held) };
    const worker = new Worker(address);
    this.worker = worker;
    return new Promise<void>((resolve, reject) => {
      this.release = resolve;
      worker.addEventListener("error", (event) => reject(new Error(event.message || "the layout did not start")));
      worker.addEventListener("message", ({ data }: MessageEvent<Settled>) => {
        if (this.worker !== worker) return;
        this.take(ids, held, data);
        this.moved(data.done);
        if (data.done) this.stop();
      });
      worker.postMessage(work, [work.points.buffer, work.pairs.buffer]);
    });
  }

  private take(ids: readonly string[], held: (node: NodeData) => boolean, { places, scale }: Settled): void {
    this.scale = scale;
    ids.forEach((id, at) => {
      if (!this.network.graph.hasNode(id)) return;
      const node = this.network.node(id);
      if (held(node)) return;
      node.x = places[at * 2]!;
      node.y = places[at * 2 + 1]!;
    });
  }

  private firstDay(id: string): number {
    let first = Infinity;
    this.network.graph.forEachEdge(id, (_, { moments }) => {
      for (const each of moments) if (each) first = Math.min(first, each[0]);
    });
    return Number.isFinite(first) ? first : NaN;
  }

  private flat(ids: readonly string[], held: (node: NodeData) => boolean) {
    const { graph } = this.network;
    const points = new Float32Array(ids.length * POINT);
    const place = new Map(ids.map((id, at) => [id, at]));
    ids.forEach((id, at) => {
      const node = this.network.node(id);
      const asked = this.network.asked.has(id) ? 1 : 0;
      points.set([node.x, node.y, node.size, held(node) ? 1 : 0, asked, this.firstDay(id)], at * POINT);
    });
    const weights = new Map<number, number>();
    graph.forEachEdge((_, link, source, target) => {
      const [a, b] = [place.get(source)!, place.get(target)!];
      if (a === b) return;
      const pair = Math.min(a, b) * ids.length + Math.max(a, b);
      weights.set(pair, (weights.get(pair) ?? 0) + (link.about.denied ? 0.3 : 1));
    });
    const pairs = new Float32Array(weights.size * 3);
    [...weights]
      .sort(([a], [b]) => a - b)
      .forEach(([pair, weight], at) => {
        pairs.set([Math.floor(pair / ids.length), pair % ids.length, 1 + Math.log2(1 + weight)], at * 3);
      });
    return { points, pairs };
  }
}
