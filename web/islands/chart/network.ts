/** What is on the chart: subjects and links, which of them show, and how each is drawn at present. */
import { MultiDirectedGraph } from "graphology";
import { daysOf, spanOf, within } from "../time";
import type { ChartData, ChartLink, ChartNode, Days } from "../types";
import { kindOf, radiusOf, scaleFor, thicknessOf } from "./kinds";
import type { DrawnLink } from "./lines";
import type { Palette } from "./palette";
import type { Drawn } from "./shapes";
import { inTurns } from "./turns";

export const TOGETHER = "namedTogether";

/** Subjects and links that come together. */
export type Piece = Pick<ChartData, "nodes" | "links">;
export interface Place {
  x: number;
  y: number;
}

type Own<T> = Omit<T, "label" | "forceLabel" | "highlighted">;
export interface NodeData extends Own<Drawn> {
  about: ChartNode;
  pinned: boolean;
  /** How many links that show touch it. */
  touched: number;
  faint: boolean;
}
export interface LinkData extends Own<DrawnLink> {
  about: ChartLink;
  moments: readonly Days[];
  faint: boolean;
}

/** Where a subject begins, from its id alone: the same network always looks alike. */
export function seeded(id: string, radius: number): Place {
  let hash = 2166136261;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 16777619) >>> 0;
  const angle = ((hash & 0xffff) / 0x10000) * 2 * Math.PI;
  const far = radius * Math.sqrt(((hash >>> 16) + 1) / 0x10000);
  return { x: far * Math.cos(angle), y: far * Math.sin(angle) };
}

function momentsOf(link: ChartLink): Days[] {
  const each = link.moments.map(daysOf).filter((days) => days !== null);
  const whole = each.length ? null : spanOf(link.first, link.last);
  return whole ? [whole] : each;
}

export class Network {
  readonly graph = new MultiDirectedGraph<NodeData, LinkData>();
  readonly away = new Set<string>();
  readonly offSchemata = new Set<string>();
  readonly offProps = new Set<string>();
  readonly chosen = new Set<string>();
  /** Whom the chart is of. */
  readonly asked = new Set<string>();
  chosenLink: string | null = null;
  range: Days = null;
  /** Of the canvas (square pixels). */
  area = 400_000;

  constructor(public palette: Palette) {}

  /** Put on what is not there yet; `place` says where. The ids of what is new. */
  add(data: Piece, place: (id: string) => Place): Piece {
    const { graph } = this;
    const nodes = data.nodes.filter((each) => !graph.hasNode(each.id));
    for (const about of nodes) graph.addNode(about.id, this.newNode(about, place(about.id)));
    const known = (each: ChartLink): boolean => graph.hasNode(each.source) && graph.hasNode(each.target);
    const links = data.links.filter((each) => !graph.hasEdge(each.id) && known(each));
    for (const about of links) graph.addEdgeWithKey(about.id, about.source, about.target, this.newLink(about));
    return { nodes, links };
  }

  /** The same for the first picture, which may be large: a piece at a time. */
  async fill(data: Piece, place: (id: string) => Place): Promise<void> {
    const { graph } = this;
    await inTurns(data.nodes, (about) => graph.mergeNode(about.id, this.newNode(about, place(about.id))));
    await inTurns(data.links, (about) => {
      if (graph.hasEdge(about.id) || !graph.hasNode(about.source) || !graph.hasNode(about.target)) return;
      graph.addEdgeWithKey(about.id, about.source, about.target, this.newLink(about));
    });
  }

  private newNode(about: ChartNode, { x, y }: Place): NodeData {
    const { name, shape } = kindOf(about.schema);
    const color = this.palette.kind(name);
    const rest = { color, fill: color, halo: color, hidden: false, faint: false, pinned: false };
    return { about, x, y, shape, size: 1, touched: 0, type: "subject", zIndex: 1, ...rest };
  }

  private newLink(about: ChartLink): LinkData {
    const dashes = about.prop === TOGETHER ? [1.5, 3.5] : about.denied ? [8, 4] : about.alleged ? [5, 3.5] : [0, 0];
    const rest = { size: 1, color: this.palette.link, hidden: false, faint: false, aside: 0, zIndex: 1 };
    return { about, moments: momentsOf(about), dash: dashes[0]!, gap: dashes[1]!, type: "link", ...rest };
  }

  drop(data: Piece): void {
    for (const { id } of data.links) if (this.graph.hasEdge(id)) this.graph.dropEdge(id);
    for (const { id } of data.nodes) {
      if (this.graph.hasNode(id)) this.graph.dropNode(id);
      this.chosen.delete(id);
    }
    if (this.chosenLink && !this.graph.hasEdge(this.chosenLink)) this.chosenLink = null;
  }

  node(id: string): NodeData {
    return this.graph.getNodeAttributes(id);
  }

  link(id: string): LinkData {
    return this.graph.getEdgeAttributes(id);
  }

  showing(): string[] {
    return this.graph.filterNodes((_, each) => !each.hidden);
  }

  /** The subjects that a showing link joins to this one. */
  neighbours(id: string): Set<string> {
    const found = new Set<string>();
    this.graph.forEachEdge(id, (_, link, source, target) => {
      if (!link.hidden) found.add(source === id ? target : source);
    });
    found.delete(id);
    return found;
  }

  /** When each link began, for the histogram: of links whose kind and ends show, whatever the range. */
  moments(): Days[] {
    const found: Days[] = [];
    this.graph.forEachEdge((_, link, source, target, from, to) => {
      if (this.mayShow(link.about) && !this.gone(source, from) && !this.gone(target, to)) found.push(...link.moments);
    });
    return found;
  }

  private mayShow(link: ChartLink): boolean {
    return !this.offProps.has(link.prop);
  }

  private gone(id: string, { about }: NodeData): boolean {
    return this.away.has(id) || this.offSchemata.has(about.schema);
  }

  /** Everything that a change of filter, selection or theme may alter, at once. */
  restyle(): void {
    this.filter();
    this.spread();
    const focus = this.focus();
    const scale = scaleFor(this.graph.order, this.area);
    this.graph.forEachNode((id, node) => this.styleNode(node, scale, focus !== null && !focus.has(id)));
    this.graph.forEachEdge((id, link, source, target) => {
      const lit = !focus || id === this.chosenLink || this.chosen.has(source) || this.chosen.has(target);
      this.styleLink(link, scale, !lit);
    });
  }

  private filter(): void {
    this.graph.forEachNode((id, node) => {
      node.hidden = this.gone(id, node);
      node.touched = 0;
    });
    this.graph.forEachEdge((_, link, _s, _t, source, target) => {
      const inTime = !this.range || link.moments.some((each) => within(each, this.range));
      link.hidden = source.hidden || target.hidden || !inTime || !this.mayShow(link.about);
      if (link.hidden) return;
      source.touched++;
      target.touched++;
    });
  }

  /** Links of the same two subjects lie side by side. */
  private spread(): void {
    const pairs = new Map<string, LinkData[]>();
    this.graph.forEachEdge((_, link, source, target) => {
      if (link.hidden) return;
      const pair = source < target ? `${source}${target}` : `${target}${source}`;
      const others = pairs.get(pair);
      if (others) others.push(link);
      else pairs.set(pair, [link]);
    });
    for (const links of pairs.values()) {
      const step = links.length > 1 ? Math.min(4.5, 16 / (links.length - 1)) : 0;
      links.forEach((link, at) => {
        const aside = (at - (links.length - 1) / 2) * step;
        link.aside = link.about.source < link.about.target ? aside : -aside;
      });
    }
  }

  /** Who stays bright while something is selected; null: everybody. */
  private focus(): Set<string> | null {
    if (this.chosenLink) return new Set(this.graph.extremities(this.chosenLink));
    if (!this.chosen.size) return null;
    const bright = new Set(this.chosen);
    for (const id of this.chosen) for (const each of this.neighbours(id)) bright.add(each);
    return bright;
  }

  private styleNode(node: NodeData, scale: number, faint: boolean): void {
    const { palette } = this;
    const idle = !node.touched && (this.range !== null || this.offProps.size > 0);
    const strong = idle ? palette.grey : palette.kind(kindOf(node.about.schema).name);
    const colour = faint ? palette.faded(strong) : strong;
    node.size = radiusOf(node.about.reports) * scale;
    node.color = colour;
    node.fill = node.about.standing === "registered" ? colour : palette.paper;
    node.halo = palette.paper;
    node.faint = faint || idle;
    node.zIndex = faint ? 0 : 1;
  }

  private styleLink(link: LinkData, scale: number, faint: boolean): void {
    const { about } = link;
    const { palette } = this;
    const weak = about.prop === TOGETHER;
    const tone = about.denied ? palette.denied : weak ? palette.weak : about.alleged ? palette.claim : palette.link;
    const lit = this.chosenLink === about.id ? palette.accent : tone;
    link.color = faint ? palette.faded(tone) : lit;
    link.size = weak ? 1.4 : thicknessOf(about.origins) * Math.sqrt(scale) + (this.chosenLink === about.id ? 1.5 : 0);
    link.faint = faint;
    link.zIndex = faint ? 0 : about.denied ? 2 : 1;
  }
}
