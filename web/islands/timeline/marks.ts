/** What is drawn in a lane at a scale: dots, counts where dots would overlap, bars for vague dates, silences. */
import { lengthInWords } from "../time";
import type { Scale } from "../time-scale";
import type { Item, Lane } from "./lanes";

export interface Mark {
  kind: "dot" | "count" | "bar";
  items: readonly Item[];
  left: number;
  right: number;
  /** Bars lie in rows of their own below the dots. */
  row: number;
  /** As much of the name as there is room for. */
  name: string;
}

export interface Silence {
  left: number;
  right: number;
  words: string;
}

export interface LaneMarks {
  lane: Lane;
  marks: readonly Mark[];
  silences: readonly Silence[];
  rows: number;
}

export const DOT = 10;
const LETTER = 6.3;
const BARE = 16;
const LEAST_NAME = 56;
const APART = 2;

/** The width of some words in the drawing's type. */
export const widthOf = (words: string): number => words.length * LETTER;

export function marksOf(lane: Lane, scale: Scale): LaneMarks {
  const wide = lane.items.filter((item) => isWide(item, scale));
  const dots = gather(
    lane.items.filter((item) => !isWide(item, scale)),
    scale,
  );
  const bars = barsOf(wide, scale);
  const silences = nameDots(lane, dots, wide, scale);
  const rows = bars.reduce((most, { row }) => Math.max(most, row + 1), 0);
  return { lane, marks: [...dots, ...bars].sort((a, b) => a.left - b.left), silences, rows };
}

const isWide = ({ days }: Item, scale: Scale): boolean =>
  days[1] > days[0] && scale.at(days[1] + 1) - scale.at(days[0]) >= BARE;

function dotOf(items: readonly Item[], scale: Scale): Mark {
  const middle = (scale.at(items[0]!.at) + scale.at(items.at(-1)!.at)) / 2;
  const count = items.length > 1;
  const width = count ? Math.max(20, 10 + widthOf(items.length.toLocaleString("en-GB"))) : DOT;
  return {
    kind: count ? "count" : "dot",
    items,
    left: middle - width / 2,
    right: middle + width / 2,
    row: -1,
    name: "",
  };
}

/** Dots in order of time; neighbours that would touch become a count. */
function gather(items: readonly Item[], scale: Scale): Mark[] {
  const found: Mark[] = [];
  for (const item of items) {
    let mark = dotOf([item], scale);
    for (let last = found.at(-1); last && last.right + APART > mark.left; last = found.at(-1)) {
      mark = dotOf([...last.items, ...mark.items], scale);
      found.pop();
    }
    found.push(mark);
  }
  return found;
}

/** Bars for what is known to the month or year only, and for what lasted; the same days share one bar. */
function barsOf(items: readonly Item[], scale: Scale): Mark[] {
  const bySpan = new Map<string, Item[]>();
  for (const item of items) {
    const key = item.days.join(" ");
    bySpan.set(key, [...(bySpan.get(key) ?? []), item]);
  }
  const free: number[] = [];
  return [...bySpan.values()].map((same): Mark => {
    const [from, until] = same[0]!.days;
    const [left, right] = [scale.at(from), scale.at(until + 1) - 1];
    const found = free.findIndex((end) => end < left);
    const row = found < 0 ? free.length : found;
    free[row] = right;
    const words = same.length > 1 ? `${same.length}` : same[0]!.event.label;
    return { kind: "bar", items: same, left, right, row, name: cut(words, right - left - 8) };
  });
}

/** As many whole words as fit: a name that is read out must hold what is seen of it. */
function cut(words: string, space: number): string {
  if (widthOf(words) <= space) return words;
  const letters = Math.floor(space / LETTER) - 1;
  const end = letters < 3 ? 0 : words.slice(0, letters + 1).lastIndexOf(" ");
  return end > 0 ? `${words.slice(0, end)}…` : "";
}

/** Put names beside lone dots where there is room, and find the silences between what is drawn. */
function nameDots(lane: Lane, dots: Mark[], wide: readonly Item[], scale: Scale): Silence[] {
  const silences: Silence[] = [];
  dots.forEach((mark, at) => {
    const next = dots[at + 1];
    const end = next ? next.left : scale.width;
    const words = next ? silenceBetween(lane, mark, next, wide) : "";
    const reserved = words && end - mark.right > widthOf(words) + 24 ? widthOf(words) + 24 : 0;
    const space = end - mark.right - 10 - reserved;
    if (mark.kind === "dot" && space >= LEAST_NAME) mark.name = cut(mark.items[0]!.event.label, space);
    if (!reserved) return;
    const left = mark.right + (mark.name ? 6 + widthOf(mark.name) : 0) + 6;
    silences.push({ left, right: end - 6, words });
  });
  return silences;
}

function silenceBetween(lane: Lane, mark: Mark, next: Mark, wide: readonly Item[]): string {
  const from = mark.items.at(-1)!.days[1];
  const until = next.items[0]!.days[0];
  if (until - from < lane.unusual) return "";
  const doubtful = wide.some(({ days }) => days[0] < until && days[1] > from);
  return doubtful ? "" : lengthInWords(until - from);
}
