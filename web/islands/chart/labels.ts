/** Names over the drawing: the most spoken of first, none over another, each with a halo of the paper's colour. */
import { Crowd, type Rect } from "./crowd";
import type { LinkData, Network } from "./network";
import type { View } from "./view";

const SANS = '"IBM Plex Sans", system-ui, sans-serif';
const MOST = 130;
/** In motion, where letters are drawn without a GPU. */
const FEW = 30;
const LOOKED_AT = 700;
const WORDED = 60;
/** Where on a link its words may stand, the middle first. */
const ALONG = [0.5, 0.6, 0.4, 0.7, 0.3];

type Side = "right" | "left" | "below" | "above";
interface Named {
  id: string;
  side: Side;
}

export class Labels {
  hovered: string | null = null;
  hoveredLink: string | null = null;
  private readonly pen: CanvasRenderingContext2D;
  private readonly widths = new Map<string, Map<string, number>>();
  private ranked: string[] = [];
  private placed: Named[] = [];
  private waiting = 0;

  constructor(
    private readonly network: Network,
    private readonly view: View,
  ) {
    view.createCanvasContext("names", { style: { pointerEvents: "none" } });
    view.resize(true);
    this.pen = view.getCanvases()["names"]!.getContext("2d")!;
    view.on("afterRender", () => this.draw());
  }

  /** The names alone, in the next frame: what is under the pointer changes nothing below them. */
  schedule(): void {
    this.waiting ||= requestAnimationFrame(() => this.draw());
  }

  /** The page's own font has come. */
  forgetWidths(): void {
    this.widths.clear();
    this.schedule();
  }

  rank(): void {
    const { asked, chosen, graph } = this.network;
    const worth = (id: string): number => {
      const node = this.network.node(id);
      const special = (chosen.has(id) ? 1e6 : 0) + (asked.has(id) ? 5e5 : 0) + (node.pinned ? 1e4 : 0) - (node.faint ? 1e5 : 0);
      return special + node.size * 4 + Math.min(40, node.touched);
    };
    const showing = graph.filterNodes((_, node) => !node.hidden).map((id) => [id, worth(id)] as const);
    this.ranked = showing.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([id]) => id);
  }

  draw(): void {
    const { width, height } = this.view.getDimensions();
    const { pen } = this;
    this.waiting = 0;
    pen.clearRect(0, 0, width, height);
    if (this.view.empty) return;
    pen.lineJoin = "round";
    pen.textBaseline = "middle";
    this.drawRings();
    // While the picture moves the same names move with it; when it rests they are chosen anew.
    const crowd = new Crowd();
    if (!this.view.moving) this.place(crowd, { width, height });
    this.drawLinkWords(crowd);
    const few = this.view.moving && this.view.software ? this.placed.slice(0, FEW) : this.placed;
    for (const each of few) this.write(each);
    if (this.hovered && !this.placed.some(({ id }) => id === this.hovered)) {
      this.write({ id: this.hovered, side: "right" });
    }
  }

  private at(id: string): { x: number; y: number; r: number } {
    const data = this.view.getNodeDisplayData(id)!;
    const { x, y } = this.view.framedGraphToViewport(data);
    return { x, y, r: this.view.scaleSize(data.size) };
  }

  private place(crowd: Crowd, { width, height }: { width: number; height: number }): void {
    this.placed = [];
    const seen: { id: string; x: number; y: number; r: number }[] = [];
    for (const id of this.ranked) {
      const at = this.at(id);
      if (at.x < -20 || at.y < -20 || at.x > width + 20 || at.y > height + 20) continue;
      if (seen.push({ id, ...at }) >= LOOKED_AT) break;
    }
    if (seen.length < 420) for (const each of seen) crowd.add(around(each), each.id);
    for (const each of seen) {
      if (this.placed.length >= MOST) return;
      const node = this.network.node(each.id);
      if (node.faint && seen.length > 40) continue;
      const side = this.sideFor(each, crowd, { width, height });
      if (side) this.placed.push({ id: each.id, side });
    }
  }

  private sideFor(
    at: { id: string; x: number; y: number; r: number },
    crowd: Crowd,
    room: { width: number; height: number },
  ): Side | null {
    for (const side of ["right", "left", "below", "above"] as const) {
      const rect = this.rect(at, side);
      const inside = rect.x >= 2 && rect.y >= 2 && rect.x + rect.w <= room.width - 2 && rect.y + rect.h <= room.height - 2;
      if (!inside || crowd.hits(rect, at.id)) continue;
      crowd.add(rect);
      return side;
    }
    if (!this.network.chosen.has(at.id)) return null;
    crowd.add(this.rect(at, "right"));
    return "right";
  }

  private rect({ id, x, y, r }: { id: string; x: number; y: number; r: number }, side: Side): Rect {
    const { words, size } = this.type(id);
    const w = this.width(words, size, this.bold(id));
    const h = size + 3;
    if (side === "right") return { x: x + r + 4, y: y - h / 2, w, h };
    if (side === "left") return { x: x - r - 4 - w, y: y - h / 2, w, h };
    return { x: x - w / 2, y: side === "below" ? y + r + 3 : y - r - 3 - h, w, h };
  }

  private type(id: string): { words: string; size: number } {
    const { about, size } = this.network.node(id);
    const whole = this.network.chosen.has(id) || id === this.hovered || about.label.length <= 30;
    return { words: whole ? about.label : `${about.label.slice(0, 28).trimEnd()}…`, size: size >= 10 ? 13 : 12 };
  }

  private bold(id: string): boolean {
    return this.network.chosen.has(id) || this.network.asked.has(id);
  }

  /** Letter by letter, for there are few letters and many names; a letter that joins others takes less, not more. */
  private width(words: string, size: number, bold: boolean): number {
    const font = `${bold ? 600 : 400} ${size}px ${SANS}`;
    let known = this.widths.get(font);
    if (!known) this.widths.set(font, (known = new Map()));
    let sum = 0;
    for (const letter of words) sum += known.get(letter) ?? this.measured(known, font, letter);
    return sum;
  }

  private measured(known: Map<string, number>, font: string, letter: string): number {
    this.pen.font = font;
    const { width } = this.pen.measureText(letter);
    known.set(letter, width);
    return width;
  }

  private write({ id, side }: Named): void {
    if (!this.network.graph.hasNode(id) || this.network.node(id).hidden) return;
    const { palette } = this.network;
    const { words, size } = this.type(id);
    const rect = this.rect({ id, ...this.at(id) }, side);
    const colour = this.network.node(id).faint && id !== this.hovered ? palette.quiet : palette.ink;
    this.stroke(words, rect.x, rect.y + rect.h / 2, `${this.bold(id) ? 600 : 400} ${size}px ${SANS}`, colour);
  }

  private stroke(words: string, x: number, y: number, font: string, colour: string, width = 3.5): void {
    const { pen } = this;
    pen.font = font;
    pen.lineWidth = width;
    pen.strokeStyle = this.network.palette.paper;
    pen.strokeText(words, x, y);
    pen.fillStyle = colour;
    pen.fillText(words, x, y);
  }

  private drawRings(): void {
    const { palette, chosen, graph } = this.network;
    const ring = (id: string, colour: string, width: number, gap: number): void => {
      const { x, y, r } = this.at(id);
      this.pen.beginPath();
      this.pen.arc(x, y, r * 1.15 + gap, 0, 2 * Math.PI);
      this.pen.strokeStyle = colour;
      this.pen.lineWidth = width;
      this.pen.stroke();
    };
    for (const id of chosen) if (!this.network.node(id).hidden) ring(id, palette.accent, 2, 4);
    if (this.hovered && !chosen.has(this.hovered) && graph.hasNode(this.hovered)) ring(this.hovered, palette.quiet, 1, 4);
    graph.forEachNode((id, node) => {
      if (node.pinned && !node.hidden) this.drawPin(id);
    });
  }

  private drawPin(id: string): void {
    const { x, y, r } = this.at(id);
    this.pen.beginPath();
    this.pen.arc(x + r * 0.8, y - r * 0.8, 3, 0, 2 * Math.PI);
    this.pen.fillStyle = this.network.palette.ink;
    this.pen.strokeStyle = this.network.palette.paper;
    this.pen.lineWidth = 1.5;
    this.pen.fill();
    this.pen.stroke();
  }

  /** Words on links: those of the one selected or under the pointer, of a selected subject's, and "denied". */
  private drawLinkWords(crowd: Crowd): void {
    const { graph, chosen, chosenLink } = this.network;
    const lines = new Map<string, { words: string[]; link: LinkData }>();
    const note = (link: LinkData, words: string): void => {
      const pair = [link.about.source, link.about.target].sort().join();
      const known = lines.get(pair);
      if (!known) lines.set(pair, { words: [words], link });
      else if (!known.words.includes(words)) known.words.push(words);
    };
    const special = [chosenLink, this.hoveredLink].filter((id) => id !== null && graph.hasEdge(id));
    for (const id of special) note(this.network.link(id!), this.network.link(id!).about.words);
    const [only] = chosen.size === 1 ? chosen : [];
    if (only !== undefined && graph.degree(only) <= WORDED) {
      graph.forEachEdge(only, (_, link) => {
        const words = link.about.source === only ? link.about.words : link.about.reverse;
        if (!link.hidden) note(link, link.about.denied ? `denied: ${words}` : words);
      });
    } else if (graph.size <= 2000 && !this.view.moving) {
      graph.forEachEdge((_, link) => {
        if (link.about.denied && !link.hidden && !link.faint) note(link, "denied");
      });
    }
    for (const { words, link } of lines.values()) this.writeOnLink(words, link, crowd, special.includes(link.about.id));
  }

  private writeOnLink(all: string[], { about }: LinkData, crowd: Crowd, always: boolean): void {
    const words = all.slice(0, 2).join(", ") + (all.length > 2 ? ` +${all.length - 2}` : "");
    const [from, to] = [this.at(about.source), this.at(about.target)];
    const room = Math.hypot(to.x - from.x, to.y - from.y) - from.r - to.r;
    const w = this.width(words, 11, false);
    const rectAt = (share: number): Rect => ({
      x: from.x + (to.x - from.x) * share - w / 2,
      y: from.y + (to.y - from.y) * share - 7,
      w,
      h: 14,
    });
    const free = room < 46 ? undefined : ALONG.find((share) => !crowd.hits(rectAt(share)));
    if (free === undefined && !always) return;
    const rect = rectAt(free ?? 0.5);
    crowd.add(rect);
    const { palette } = this.network;
    this.stroke(words, rect.x, rect.y + 7, `400 11px ${SANS}`, about.denied ? palette.denied : palette.quiet, 6);
  }
}

function around({ x, y, r }: { x: number; y: number; r: number }): Rect {
  return { x: x - r, y: y - r, w: 2 * r, h: 2 * r };
}
