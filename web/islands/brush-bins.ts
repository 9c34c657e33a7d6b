/** How many moments fall in each stretch of time, and their bars. */
import { inWords, lengthInWords, type Span } from "./time";
import { stretches, svg, ticks } from "./time-axis";
import type { Scale } from "./time-scale";
import type { Days } from "./types";

export interface Bin {
  days: Span;
  count: number;
}

export const HEIGHT = 56;
const FOOT = 16;
const NAME = 72;

/** Counts by stretch. What is known by year only is shared out over its days, so that the sum stays honest. */
export function countBins(moments: readonly Days[], scale: Scale, most: number): Bin[] {
  const bins = stretches(scale, most).map((days): Bin => ({ days, count: 0 }));
  for (const moment of moments) {
    if (!moment) continue;
    const length = moment[1] - moment[0] + 1;
    for (let at = firstBin(bins, moment[0]); at < bins.length; at++) {
      const bin = bins[at]!;
      if (bin.days[0] > moment[1]) break;
      const shared = Math.min(moment[1], bin.days[1]) - Math.max(moment[0], bin.days[0]) + 1;
      bin.count += Math.max(0, shared) / length;
    }
  }
  return bins;
}

function firstBin(bins: readonly Bin[], day: number): number {
  let low = 0;
  let high = bins.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bins[middle]!.days[1] < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Bars in the order of the bins, and the axis with its names and folds. Heights are by square root: one is seen. */
export function drawBins(scale: Scale, bins: readonly Bin[]): { bars: SVGRectElement[]; rest: SVGElement[] } {
  const floor = HEIGHT - FOOT;
  const top = Math.max(1e-9, ...bins.map(({ count }) => count));
  const bars = bins.map(({ days, count }) => {
    const from = scale.at(days[0]);
    const until = scale.at(days[1] + 1);
    const height = count ? Math.max(2, Math.sqrt(count / top) * (floor - 4)) : 0;
    const width = Math.max(0.75, until - from - (until - from > 4 ? 1 : 0));
    return svg("rect", { class: "bin", x: from, y: floor - height, width, height });
  });
  return { bars, rest: [...axisLines(scale, floor + 0.5), ...names(scale)] };
}

function axisLines(scale: Scale, y: number): SVGElement[] {
  return scale.pieces.map((piece) => {
    const line = svg("line", { class: "axis", x1: piece.left, x2: piece.right, y1: y, y2: y });
    if (piece.silent) {
      line.setAttribute("stroke-dasharray", "1 3");
      line.append(svg("title", {}, silence(piece.from, piece.until - 1)));
    }
    return line;
  });
}

const silence = (from: number, until: number): string =>
  `${lengthInWords(until - from + 1)} of silence, ${inWords(from)} to ${inWords(until)}, drawn short`;

function names(scale: Scale): SVGElement[] {
  return ticks(scale, NAME).map(({ day, label }) => {
    const x = scale.at(day);
    const late = x > scale.width - NAME / 2;
    return svg("text", { x: late ? scale.width : x, y: HEIGHT - 3, "text-anchor": late ? "end" : "start" }, label);
  });
}
