/**
 * The layout's worker: forces first, then the long axis along the longer side of the room, then nobody on top of
 * anybody. The same input gives the same picture.
 */
import iterate from "graphology-layout-forceatlas2/iterate.js";
import { circle, hierarchy, timeLines } from "./arrange";
import { type Form, POINT, type Settled, type Work } from "./layout-work";

const PER_NODE = 10;
const STRETCH = 1.7;
const MARGIN = 9;
/** Between two slots where there is no room to fill (px). */
const SLOT = 46;
const WIDEST = 150;

/** How much more one direction may be stretched than the other: a circle stays one. */
const FREELY: Readonly<Record<Exclude<Form, "force">, number>> = { hierarchy: 3, circle: 1, time: 3 };

const ARRANGED: Readonly<Record<Exclude<Form, "force">, typeof circle>> = { hierarchy, circle, time: timeLines };

function matrixOf({ points, pairs, scale }: Work): { nodes: Float32Array; edges: Float32Array } {
  const count = points.length / POINT;
  const nodes = new Float32Array(count * PER_NODE);
  for (let at = 0; at < count; at++) {
    nodes[at * PER_NODE] = points[at * POINT]! / scale;
    nodes[at * PER_NODE + 1] = points[at * POINT + 1]! / scale;
    nodes[at * PER_NODE + 6] = 1;
    nodes[at * PER_NODE + 7] = 1;
    nodes[at * PER_NODE + 8] = points[at * POINT + 2]! / scale;
    nodes[at * PER_NODE + 9] = points[at * POINT + 3]!;
  }
  const edges = new Float32Array(pairs.length);
  for (let at = 0; at < pairs.length; at += 3) {
    edges[at] = pairs[at]! * PER_NODE;
    edges[at + 1] = pairs[at + 1]! * PER_NODE;
    edges[at + 2] = pairs[at + 2]!;
    for (const end of [edges[at]!, edges[at + 1]!]) nodes[end + 6]! += pairs[at + 2]!;
  }
  return { nodes, edges };
}

function settingsFor(count: number) {
  return {
    linLogMode: false,
    outboundAttractionDistribution: false,
    adjustSizes: false,
    edgeWeightInfluence: 1,
    scalingRatio: 10,
    strongGravityMode: true,
    gravity: count > 1000 ? 0.05 : 0.12,
    slowDown: 1 + Math.log(count + 1),
    barnesHutOptimize: count > 600,
    barnesHutTheta: 1,
  };
}

function placesOf(nodes: Float32Array): Float32Array {
  const places = new Float32Array((nodes.length / PER_NODE) * 2);
  for (let at = 0; at < places.length; at += 2) {
    places[at] = nodes[(at / 2) * PER_NODE]!;
    places[at + 1] = nodes[(at / 2) * PER_NODE + 1]!;
  }
  return places;
}

/** Turn the cloud about its middle so that its longest direction lies along the x axis, or the y axis if `tall`. */
function turn(places: Float32Array, tall: boolean): void {
  const count = places.length / 2;
  let [mx, my] = [0, 0];
  for (let at = 0; at < places.length; at += 2) {
    mx += places[at]! / count;
    my += places[at + 1]! / count;
  }
  let [xx, xy, yy] = [0, 0, 0];
  for (let at = 0; at < places.length; at += 2) {
    const [x, y] = [places[at]! - mx, places[at + 1]! - my];
    xx += x * x;
    xy += x * y;
    yy += y * y;
  }
  const angle = (tall ? Math.PI / 2 : 0) - 0.5 * Math.atan2(2 * xy, xx - yy);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  for (let at = 0; at < places.length; at += 2) {
    const [x, y] = [places[at]! - mx, places[at + 1]! - my];
    places[at] = x * cos - y * sin;
    places[at + 1] = x * sin + y * cos;
  }
}

/** Scale to the room; the shorter direction may be stretched a little, for screens are wide. The scale. */
function fill(places: Float32Array, width: number, height: number, stretch = STRETCH, most = 40): number {
  let [x0, x1, y0, y1] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let at = 0; at < places.length; at += 2) {
    x0 = Math.min(x0, places[at]!);
    x1 = Math.max(x1, places[at]!);
    y0 = Math.min(y0, places[at + 1]!);
    y1 = Math.max(y1, places[at + 1]!);
  }
  const [sx, sy] = [width / Math.max(x1 - x0, 1e-6), height / Math.max(y1 - y0, 1e-6)];
  const scale = Math.min(sx, sy, most);
  const [kx, ky] = [Math.min(sx, scale * stretch), Math.min(sy, scale * stretch)];
  for (let at = 0; at < places.length; at += 2) {
    places[at] = (places[at]! - (x0 + x1) / 2) * kx;
    places[at + 1] = (places[at + 1]! - (y0 + y1) / 2) * ky;
  }
  return Math.sqrt(kx * ky);
}

/** Push those apart that lie on each other, sweep by sweep along the x axis; fixed ones stay. */
function part(places: Float32Array, points: Float32Array, sweeps: number): void {
  const count = places.length / 2;
  const widest = 2 * Math.max(...Array.from({ length: count }, (_, at) => points[at * POINT + 2]!)) + MARGIN;
  const order = Array.from({ length: count }, (_, at) => at);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    order.sort((a, b) => places[a * 2]! - places[b * 2]! || a - b);
    let pushed = false;
    for (let i = 0; i < count; i++) {
      for (let j = i + 1; j < count; j++) {
        const [a, b] = [order[i]!, order[j]!];
        if (places[b * 2]! - places[a * 2]! > widest) break;
        pushed = push(places, points, a, b) || pushed;
      }
    }
    if (!pushed) return;
  }
}

function push(places: Float32Array, points: Float32Array, a: number, b: number): boolean {
  const dx = places[b * 2]! - places[a * 2]! || 1e-3;
  const dy = places[b * 2 + 1]! - places[a * 2 + 1]! || (a % 2 ? 1e-3 : -1e-3);
  const far = Math.hypot(dx, dy);
  const lack = points[a * POINT + 2]! + points[b * POINT + 2]! + MARGIN - far;
  const [heldA, heldB] = [points[a * POINT + 3] === 1, points[b * POINT + 3] === 1];
  if (lack <= 0.1 || (heldA && heldB)) return false;
  const share = heldA || heldB ? 1 : 0.5;
  for (const [which, held, sign] of [
    [a, heldA, -1],
    [b, heldB, 1],
  ] as const) {
    if (held) continue;
    places[which * 2]! += (sign * share * lack * dx) / far;
    places[which * 2 + 1]! += (sign * share * lack * dy) / far;
  }
  return true;
}

function finished(nodes: Float32Array, work: Work, done: boolean): Settled {
  const places = placesOf(nodes);
  let { scale } = work;
  if (work.width) {
    turn(places, work.height > work.width);
    scale = fill(places, work.width, work.height);
  } else for (let at = 0; at < places.length; at++) places[at]! *= scale;
  if (done && places.length < 3000) {
    part(places, work.points, 60);
    if (work.width) fill(places, work.width, work.height);
  }
  return { places, scale, done };
}

function say(settled: Settled): void {
  self.postMessage(settled, { transfer: [settled.places.buffer as ArrayBuffer] });
}

/** A layout of slots, into the room, or about the middle of where all were. */
function arranged(work: Work, form: Exclude<Form, "force">): Settled {
  const places = ARRANGED[form](work.points, work.pairs);
  if (work.width) return { places, scale: fill(places, work.width, work.height, FREELY[form], WIDEST), done: true };
  const count = Math.max(1, places.length / 2);
  const middle = [0, 1].map((axis) => {
    let [was, is] = [0, 0];
    for (let at = 0; at < count; at++) {
      was += work.points[at * POINT + axis]! / count;
      is += (places[at * 2 + axis]! * SLOT) / count;
    }
    return was - is;
  });
  for (let at = 0; at < places.length; at++) places[at] = places[at]! * SLOT + middle[at % 2]!;
  return { places, scale: work.scale, done: true };
}

self.addEventListener("message", ({ data }: MessageEvent<Work>) => {
  if (data.form !== "force") return say(arranged(data, data.form));
  const { nodes, edges } = matrixOf(data);
  const settings = settingsFor(nodes.length / PER_NODE);
  let said = performance.now();
  for (let round = 0; round < data.rounds; round++) {
    iterate(settings, nodes, edges);
    if (!data.beat || performance.now() - said < data.beat) continue;
    say(finished(nodes, data, false));
    said = performance.now();
  }
  say(finished(nodes, data, true));
});
