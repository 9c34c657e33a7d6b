/** Where a time axis has its marks, and small helpers to draw on one. */
import { dayNumber, monthName, partsOf, type Span } from "./time";
import type { Piece, Scale } from "./time-scale";

const SPACE = "http://www.w3.org/2000/svg";

/** A step of the calendar: so many days, or so many months. */
type Step = readonly [count: number, unit: "day" | "month"];

const STEPS: readonly Step[] = [
  [1, "day"],
  [7, "day"],
  [1, "month"],
  [3, "month"],
  [12, "month"],
  [24, "month"],
  [60, "month"],
  [120, "month"],
  [240, "month"],
  [600, "month"],
  [1200, "month"],
  [6000, "month"],
];

export interface Tick {
  day: number;
  label: string;
}

const lengthOf = ([count, unit]: Step): number => (unit === "day" ? count : count * 30.44);

function floorTo(day: number, [count, unit]: Step): number {
  if (unit === "day") return Math.floor((day - 4) / count) * count + 4;
  const { year, month } = partsOf(day);
  const months = Math.floor((year * 12 + month - 1) / count) * count;
  return dayNumber(0, months + 1);
}

function before(day: number, [count, unit]: Step): number {
  return after(day, [-count, unit]);
}

function after(day: number, [count, unit]: Step): number {
  if (unit === "day") return day + count;
  const { year, month } = partsOf(day);
  return dayNumber(year, month + count);
}

/** Equal stretches of the calendar, at most about `most`, that cover the scale outside its folds. */
export function stretches(scale: Scale, most: number): Span[] {
  const step = stepFor(scale.liveDays, most);
  return scale.pieces
    .filter((piece) => !piece.silent)
    .flatMap((piece) =>
      edgesOf(piece, step)
        .slice(1)
        .map((next): Span => [before(next, step), next - 1])
        .map(([from, until]): Span => [Math.max(from, piece.from), Math.min(until, piece.until - 1)]),
    );
}

function stepFor(days: number, most: number): Step {
  return STEPS.find((step) => days / lengthOf(step) <= most) ?? STEPS[STEPS.length - 1]!;
}

function edgesOf({ from, until }: Piece, step: Step): number[] {
  const found = [floorTo(from, step)];
  while (found[found.length - 1]! < until) found.push(after(found[found.length - 1]!, step));
  return found;
}

/** Named marks outside the folds, at least `apart` points from each other. */
export function ticks(scale: Scale, apart: number, view: Span = scale.span): Tick[] {
  const step = stepFor(1, scale.perDay / apart);
  const found: Tick[] = [];
  let free = -Infinity;
  for (const piece of scale.pieces) {
    if (piece.silent || piece.until < view[0] || piece.from > view[1]) continue;
    let first = true;
    const shown = { ...piece, from: Math.max(piece.from, view[0]), until: Math.min(piece.until, view[1] + 1) };
    for (const edge of edgesOf(shown, step)) {
      const day = Math.max(edge, piece.from);
      if (day >= piece.until || scale.at(day) < free) continue;
      found.push({ day, label: labelOf(day, step, first) });
      free = scale.at(day) + apart - 8;
      first = false;
    }
  }
  return found;
}

function labelOf(number: number, [count, unit]: Step, first: boolean): string {
  const { year, month, day } = partsOf(number);
  if (unit === "month" && count >= 12) return String(year);
  const named = `${monthName(month, true)} ${year}`;
  if (unit === "month") return first || month === 1 ? named : monthName(month, true);
  return first ? `${day} ${named}` : `${day} ${monthName(month, true)}`;
}

/** An SVG element with its attributes, and words in it. */
export function svg<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Record<string, string | number> = {},
  text = "",
): SVGElementTagNameMap[K] {
  const made = document.createElementNS(SPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  if (text) made.textContent = text;
  return made;
}

/** A small button of an island's tools. */
export function toolButton(words: string, label: string, act: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button small-act";
  made.textContent = words;
  if (label !== words) made.setAttribute("aria-label", label);
  made.addEventListener("click", act);
  return made;
}
