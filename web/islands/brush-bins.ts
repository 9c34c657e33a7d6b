/** How many moments fall in each stretch of time, and their bars. */
import { edges, svg, ticks } from "./time-axis";
import type { Span } from "./time";
import type { Days } from "./types";

export interface Bins {
  /** One more than there are counts. */
  edges: readonly number[];
  counts: readonly number[];
}

/** A place on the axis for each day; the last day has its own width. */
export interface Axis {
  span: Span;
  width: number;
}

export const HEIGHT = 56;
const FOOT = 16;

export const placeOf = ({ span, width }: Axis, day: number): number =>
  ((day - span[0]) / (span[1] - span[0] + 1)) * width;

export function dayAt({ span, width }: Axis, place: number): number {
  const share = Math.max(0, Math.min(1, place / Math.max(1, width)));
  return Math.min(span[1], span[0] + Math.floor(share * (span[1] - span[0] + 1)));
}

/** Counts by stretch. What is known by year only is shared out over its days, so that the sum stays honest. */
export function countBins(moments: readonly Days[], span: Span, most: number): Bins {
  const marks = edges(span, most);
  const counts = new Array<number>(marks.length - 1).fill(0);
  for (const moment of moments) {
    if (!moment) continue;
    const days = moment[1] - moment[0] + 1;
    for (let at = firstBin(marks, moment[0]); at < counts.length; at++) {
      const from = Math.max(moment[0], marks[at]!);
      const until = Math.min(moment[1] + 1, marks[at + 1]!);
      if (until <= from) break;
      counts[at] = (counts[at] ?? 0) + (until - from) / days;
    }
  }
  return { edges: marks, counts };
}

function firstBin(marks: readonly number[], day: number): number {
  let low = 0;
  let high = marks.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (marks[middle]! <= day) low = middle;
    else high = middle;
  }
  return low;
}

/** Bars, an axis line and its names, as one drawing; the bars come first, in the order of the bins. */
export function drawBins(axis: Axis, { edges: marks, counts }: Bins): { bars: SVGRectElement[]; rest: SVGElement[] } {
  const floor = HEIGHT - FOOT;
  const top = Math.max(1e-9, ...counts);
  const bars = counts.map((count, at) => {
    const from = Math.max(0, placeOf(axis, marks[at]!));
    const until = Math.min(axis.width, placeOf(axis, marks[at + 1]!));
    const height = count ? Math.max(2, Math.sqrt(count / top) * (floor - 4)) : 0;
    const gap = until - from > 4 ? 1 : 0;
    const width = Math.max(0.5, until - from - gap);
    return svg("rect", { class: "bin", x: from, y: floor - height, width, height });
  });
  const line = svg("line", { class: "axis", x1: 0, x2: axis.width, y1: floor + 0.5, y2: floor + 0.5 });
  const names = ticks(axis.span, Math.max(2, Math.floor(axis.width / 80))).map(({ day, label }) => {
    const x = placeOf(axis, day);
    const late = x > axis.width - 40;
    return svg("text", { x: late ? axis.width : x, y: HEIGHT - 3, "text-anchor": late ? "end" : "start" }, label);
  });
  return { bars, rest: [line, ...names] };
}
