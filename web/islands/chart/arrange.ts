/** Layouts other than by force: hierarchy, circle and time lines. The same input gives the same places. */
import { POINT } from "./layout-work";

/** Two numbers each, in slots of one. */
type Places = Float32Array;

/** A row is broken where it would be so many times as wide as a square of all would be. */
const WIDEST = 2.2;
const SWEEPS = 4;
/** On one ring there is room for so many; of more, the most linked stand on rings within. */
const RING = 90;
/** What bears no date stands before everything, at this share of the whole time. */
const UNDATED = 0.08;

/** Who is linked with whom. */
export function neighboursOf(count: number, pairs: Float32Array): number[][] {
  const near: number[][] = Array.from({ length: count }, () => []);
  for (let at = 0; at < pairs.length; at += 3) {
    near[pairs[at]!]!.push(pairs[at + 1]!);
    near[pairs[at + 1]!]!.push(pairs[at]!);
  }
  return near;
}

const mean = (all: readonly number[]): number => all.reduce((sum, each) => sum + each, 0) / all.length;

/** Those asked for, then the most linked; ties by their order. */
function rootsFirst(points: Float32Array, near: readonly number[][]): number[] {
  const root = (at: number): number => points[at * POINT + 4]!;
  return near.map((_, at) => at).sort((a, b) => root(b) - root(a) || near[b]!.length - near[a]!.length || a - b);
}

/** How far each is from whom the chart is of, or from the most linked of its part; and in the order of that walk. */
function walked(points: Float32Array, near: readonly number[][]): { depth: number[]; order: number[] } {
  const depth = near.map(() => -1);
  const order: number[] = [];
  const begin = rootsFirst(points, near);
  const asked = begin.filter((at) => points[at * POINT + 4] === 1);
  for (const starts of [asked, ...begin.map((at) => [at])]) {
    let edge = starts.filter((at) => depth[at] === -1);
    for (const at of edge) depth[at] = 0;
    while (edge.length) {
      order.push(...edge);
      const next: number[] = [];
      for (const here of edge) {
        for (const there of near[here]!) {
          if (depth[there] !== -1) continue;
          depth[there] = depth[here]! + 1;
          next.push(there);
        }
      }
      edge = next;
    }
  }
  return { depth, order };
}

/** Whom the chart is of at the top, those one link away below, and so on; each near the middle of those it is tied to. */
export function hierarchy(points: Float32Array, pairs: Float32Array): Places {
  const near = neighboursOf(points.length / POINT, pairs);
  const { depth, order } = walked(points, near);
  const layers: number[][] = [];
  for (const at of order) (layers[depth[at]!] ??= []).push(at);
  const slot = near.map(() => 0);
  const spread = (layer: readonly number[]): void => layer.forEach((at, place) => (slot[at] = place - (layer.length - 1) / 2));
  layers.forEach(spread);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const down = sweep % 2 === 0;
    for (const layer of down ? layers.slice(1) : layers.slice(0, -1).reverse()) {
      const wanted = new Map(
        layer.map((at) => {
          const ties = near[at]!.filter((other) => depth[other] === depth[at]! + (down ? -1 : 1));
          return [at, ties.length ? mean(ties.map((other) => slot[other]!)) : slot[at]!] as const;
        }),
      );
      layer.sort((a, b) => wanted.get(a)! - wanted.get(b)! || a - b);
      spread(layer);
    }
  }
  return inRows(layers, near.length);
}

function inRows(layers: readonly (readonly number[])[], count: number): Places {
  const places = new Float32Array(count * 2);
  const most = Math.max(12, Math.ceil(WIDEST * Math.sqrt(count)));
  let y = 0;
  for (const layer of layers) {
    const rows = Math.ceil(layer.length / most);
    const wide = Math.ceil(layer.length / rows);
    layer.forEach((at, place) => {
      const inRow = Math.min(wide, layer.length - Math.floor(place / wide) * wide);
      places.set([(place % wide) - (inRow - 1) / 2, y - Math.floor(place / wide)], at * 2);
    });
    y -= rows + 0.8;
  }
  return places;
}

/** In a circle, each beside those it is linked with; of many, the most linked on rings within. */
export function circle(points: Float32Array, pairs: Float32Array): Places {
  const near = neighboursOf(points.length / POINT, pairs);
  const { order } = walked(points, near);
  const place = new Map(order.map((at, index) => [at, index]));
  const places = new Float32Array(near.length * 2);
  const linked = [...order].sort((a, b) => near[b]!.length - near[a]!.length || a - b);
  const rings = near.length <= RING ? [linked] : ringsOf(linked);
  rings.forEach((ring, index) => {
    const radius = rings.length === 1 ? ring.length / 6.3 : index * 4 + 3;
    ring.sort((a, b) => place.get(a)! - place.get(b)!);
    ring.forEach((at, turn) => {
      const angle = Math.PI / 2 - (2 * Math.PI * turn) / ring.length;
      places.set([radius * Math.cos(angle), radius * Math.sin(angle)], at * 2);
    });
  });
  return places;
}

function ringsOf(linked: readonly number[]): number[][] {
  const rings: number[][] = [];
  for (let from = 0, room = 14; from < linked.length; from += room, room += 18) rings.push(linked.slice(from, from + room));
  return rings;
}

/** From left to right by the first date of each one's links; near those it is linked with, and on nobody. */
export function timeLines(points: Float32Array, pairs: Float32Array): Places {
  const near = neighboursOf(points.length / POINT, pairs);
  const day = (at: number): number => points[at * POINT + 5]!;
  const dated = near.map((_, at) => at).filter((at) => !Number.isNaN(day(at)));
  const first = dated.length ? day(dated.reduce((a, b) => (day(b) < day(a) ? b : a))) : 0;
  const last = dated.length ? day(dated.reduce((a, b) => (day(b) > day(a) ? b : a))) : 0;
  const span = Math.max(1, last - first);
  const when = (at: number): number => (Number.isNaN(day(at)) ? first - UNDATED * span : day(at));
  const count = near.length;
  const rows = count <= 40 ? count : Math.ceil(1.6 * Math.sqrt(count));
  const gap = span / Math.max(8, Math.sqrt(count));
  const ends = new Array<number>(rows).fill(-Infinity);
  const row = new Map<number, number>();
  const order = near.map((_, at) => at).sort((a, b) => when(a) - when(b) || a - b);
  for (const at of order) row.set(at, freeRow(at, when(at) - gap));
  function freeRow(at: number, after: number): number {
    const ties = near[at]!.flatMap((other) => row.get(other) ?? []);
    const wanted = ties.length ? mean(ties) : (rows - 1) / 2;
    let best = 0;
    const cost = (each: number): number => Math.max(0, ends[each]! - after) * rows + Math.abs(each - wanted) * (gap / rows);
    for (let each = 1; each < rows; each++) if (cost(each) < cost(best)) best = each;
    ends[best] = when(at);
    return best;
  }
  const places = new Float32Array(count * 2);
  for (const at of order) places.set([((when(at) - first) / span) * Math.max(rows, 12) * 1.8, -row.get(at)!], at * 2);
  return places;
}
