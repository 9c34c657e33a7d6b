/** Where a time axis has its marks, and small helpers to draw on one. */
import { dayNumber, monthName, partsOf, type Span } from "./time";

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

function after(day: number, [count, unit]: Step): number {
  if (unit === "day") return day + count;
  const { year, month } = partsOf(day);
  return dayNumber(year, month + count);
}

/** The edges of at most `most` equal stretches of the calendar that cover the span; at least two edges. */
export function edges(span: Span, most: number): number[] {
  return edgesOf(span, stepFor(span, most));
}

function stepFor([first, last]: Span, most: number): Step {
  const days = last - first + 1;
  return STEPS.find((step) => days / lengthOf(step) <= Math.max(1, most) - 1) ?? STEPS[STEPS.length - 1]!;
}

function edgesOf([first, last]: Span, step: Step): number[] {
  const found = [floorTo(first, step)];
  while ((found[found.length - 1] ?? last) <= last) found.push(after(found[found.length - 1]!, step));
  return found;
}

/** At most `most` named marks within the span. */
export function ticks(span: Span, most: number): Tick[] {
  const step = stepFor(span, most);
  const inside = edgesOf(span, step).filter((day) => day >= span[0] && day <= span[1]);
  return inside.map((day, at) => ({ day, label: labelOf(day, step, at === 0) }));
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
