/** The drawing of the timeline: axis, folds, lanes and their marks, for the part that is in view. */
import { inWords, lengthInWords, partialInWords, type Span } from "../time";
import { svg, ticks } from "../time-axis";
import type { Scale } from "../time-scale";
import type { Item, Time } from "./lanes";
import { DOT, type LaneMarks, type Mark } from "./marks";

/** Where the drawing is scrolled to, and how large what is seen of it is; lanes begin at `gutter`. */
export interface View {
  left: number;
  top: number;
  width: number;
  height: number;
  gutter: number;
}

/** A lane with its place; `top` from the first lane on. */
export interface Placed extends LaneMarks {
  top: number;
  height: number;
}

export interface Drawn {
  mark: Mark;
  lane: Placed;
  element: SVGElement;
}

export const HEAD = 24;
const LINE = 30;
const BAR = 20;
const ABOVE = 16;
const ROOM = 40;

/** Stack the lanes; without a gutter each has its name above it. */
export function place(lanes: readonly LaneMarks[], gutter: number): Placed[] {
  let top = 0;
  return lanes.map((lane) => {
    const dots = lane.marks.some(({ kind }) => kind !== "bar") || !lane.rows;
    const height = (gutter ? 0 : ABOVE) + (dots ? LINE : 6) + lane.rows * BAR + (lane.rows ? 2 : 0);
    const placed = { ...lane, top, height };
    top += height;
    return placed;
  });
}

/** How a date is told in words: "1989", "5 March 1989 to 7 March 1989". */
export function dateWords({ event }: Item, time: Time): string {
  if (time === "learnt") return `learnt ${partialInWords(event.learnt)}`;
  const [start, end] = [partialInWords(event.start), partialInWords(event.end)];
  return !end || end === start ? start : `${start} to ${end}`;
}

/** What a mark stands for, as read out. */
export function markWords(mark: Mark, time: Time): string {
  const [first, last] = [mark.items[0]!, mark.items.at(-1)!];
  if (mark.items.length === 1) {
    const when = dateWords(first, time);
    return first.event.label.endsWith(when) ? first.event.label : `${first.event.label}, ${when}`;
  }
  const many = mark.items.length.toLocaleString("en-GB");
  const [from, until] = [first.days[0], last.days[1]];
  return from === until ? `${many} on ${inWords(from)}` : `${many} from ${inWords(from)} to ${inWords(until)}`;
}

/** The folded silences as columns, named at their head. */
function folds(scale: Scale, view: View): SVGElement[] {
  return scale.pieces
    .filter((piece) => piece.silent && piece.right > view.left - ROOM && piece.left < view.left + view.width)
    .flatMap(({ from, until, left, right }) => {
      const x = view.gutter + left - view.left;
      const column = svg("rect", { x, y: 0, width: right - left, height: view.height, fill: "var(--sunken)" });
      const said = `${lengthInWords(until - from)} without anything`;
      column.append(svg("title", {}, `${said}, ${inWords(from)} to ${inWords(until - 1)}; drawn short`));
      const words = right - left > 50 ? lengthInWords(until - from) : `${Math.round((until - from) / 365)} y`;
      const middle = x + (right - left) / 2;
      return [column, svg("text", { class: "gap", x: middle, y: 15, "text-anchor": "middle" }, words)];
    });
}

function axis(scale: Scale, view: View): SVGElement[] {
  const seen: Span = [scale.day(view.left), scale.day(view.left + view.width)];
  return ticks(scale, 84, seen).flatMap(({ day, label }) => {
    const x = Math.round(view.gutter + scale.at(day) - view.left) + 0.5;
    return [
      svg("line", { class: "tick", x1: x, x2: x, y1: 6, y2: view.height }),
      svg("text", { class: "tick-name", x: x + 4, y: 15 }, label),
    ];
  });
}

/** The days chosen, as a wash behind the lanes. */
function wash(scale: Scale, view: View, range: Span | null): SVGElement[] {
  if (!range) return [];
  const left = Math.max(-4, scale.at(range[0]) - view.left);
  const right = Math.min(view.width, scale.at(range[1] + 1) - view.left);
  if (right <= left) return [];
  return [
    svg("rect", { x: view.gutter + left, y: HEAD, width: right - left, height: view.height, fill: "var(--accent-wash)" }),
  ];
}

function shape(mark: Mark, x: number, y: number): SVGElement[] {
  const width = mark.right - mark.left;
  if (mark.kind === "count") {
    const pill = svg("rect", { class: "event", x, y: y - 9, width, height: 18, rx: 9 });
    const look = { x: x + width / 2, y: y + 4, "text-anchor": "middle", fill: "var(--on-accent)", "font-size": 11 };
    return [pill, svg("text", look, mark.items.length.toLocaleString("en-GB"))];
  }
  const kind = mark.items[0]!.vague ? "event vague" : "event";
  if (mark.kind === "dot") {
    const dot = svg("circle", { class: kind, cx: x + width / 2, cy: y, r: DOT / 2 });
    return mark.name ? [dot, svg("text", { class: "lane-name", x: x + width + 4, y: y + 4 }, mark.name)] : [dot];
  }
  const bar = svg("rect", { class: kind, x, y: y - 8, width: Math.max(3, width), height: 16, rx: 3 });
  const fill = mark.items[0]!.vague ? "var(--ink)" : "var(--on-accent)";
  const words = svg("text", { x: Math.max(x, 0) + 6, y: y + 4, fill, "font-size": 11 }, mark.name);
  return mark.name ? [bar, words] : [bar];
}

function drawMark(mark: Mark, lane: Placed, view: View, top: number, time: Time): Drawn {
  const x = view.gutter + mark.left - view.left;
  const above = view.gutter ? 0 : ABOVE;
  const dots = lane.marks.some(({ kind }) => kind !== "bar") ? LINE : 4;
  const y = top + above + (mark.row < 0 ? LINE / 2 : dots + mark.row * BAR + BAR / 2);
  const lone = mark.items.length === 1;
  const element = lone ? svg("a", { href: mark.items[0]!.event.href }) : svg("g", { role: "button", cursor: "pointer" });
  const words = markWords(mark, time);
  element.setAttribute("aria-label", words);
  element.setAttribute("tabindex", "-1");
  element.append(svg("title", {}, words), ...shape(mark, x, y));
  return { mark, lane, element };
}

function drawSilences(lane: Placed, view: View, top: number): SVGElement[] {
  const y = top + (view.gutter ? 0 : ABOVE) + LINE / 2;
  return lane.silences
    .filter(({ left, right }) => right > view.left && left < view.left + view.width)
    .flatMap(({ left, right, words }) => {
      const [from, until] = [Math.max(left, view.left - 4), Math.min(right, view.left + view.width)];
      const middle = view.gutter + (from + until) / 2 - view.left;
      const half = words.length * 3.2 + 4;
      const line = (x1: number, x2: number): SVGElement[] =>
        x2 > x1 ? [svg("line", { class: "gap-line", x1, x2, y1: y, y2: y })] : [];
      return [
        ...line(view.gutter + from - view.left, middle - half),
        svg("text", { class: "gap", x: middle, y: y + 4, "text-anchor": "middle" }, words),
        ...line(middle + half, view.gutter + until - view.left),
      ];
    });
}

function laneName(lane: Placed, view: View, top: number): SVGElement[] {
  const most = Math.max(6, Math.floor((view.gutter || view.width) / 6.5) - 2);
  const { label } = lane.lane;
  const name = label.length > most ? `${label.slice(0, most - 1)}…` : label;
  const text = svg("text", { class: "lane-name", x: view.gutter ? 12 : 8, y: top + (view.gutter ? LINE / 2 + 4 : 13) });
  text.append(name, svg("title", {}, label));
  return [text];
}

/** Draw what is in view; the marks are handed back, lane by lane, for the keyboard. */
export function draw(
  drawing: SVGSVGElement,
  scale: Scale,
  lanes: readonly Placed[],
  view: View,
  time: Time,
  range: Span | null,
): Drawn[] {
  const right = view.left + view.width;
  const back: SVGElement[] = [...wash(scale, view, range), ...folds(scale, view), ...axis(scale, view)];
  const names: SVGElement[] = [];
  const drawn: Drawn[] = [];
  for (const lane of lanes) {
    const top = HEAD + lane.top - view.top;
    if (top + lane.height < 0 || top > view.height) continue;
    back.push(svg("line", { class: "lane", x1: 0, x2: view.gutter + view.width, y1: top - 0.5, y2: top - 0.5 }));
    back.push(...drawSilences(lane, view, top));
    names.push(...laneName(lane, view, top));
    for (const mark of lane.marks) {
      if (mark.right < view.left - ROOM || mark.left > right) continue;
      drawn.push(drawMark(mark, lane, view, top, time));
    }
  }
  drawing.replaceChildren(...back, ...drawn.map(({ element }) => element), ...frame(view), ...names);
  return drawn;
}

/** The gutter hides what has been scrolled beneath it. */
function frame(view: View): SVGElement[] {
  if (!view.gutter) return [];
  const x = view.gutter - 8.5;
  return [
    svg("rect", { x: 0, y: HEAD, width: view.gutter - 8, height: view.height, fill: "var(--raised)" }),
    svg("line", { class: "lane", x1: x, x2: x, y1: HEAD, y2: view.height }),
  ];
}
