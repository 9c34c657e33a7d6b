/** The timeline that one works with: scrolling, zoom, the keyboard, and lists behind counts. */
import type { Span } from "../time";
import { svg } from "../time-axis";
import { openList } from "../time-list";
import { makeScale, type Scale } from "../time-scale";
import type { Days } from "../types";
import { dateWords, draw, type Drawn, HEAD, markWords, place, type Placed, type View } from "./draw";
import { type Lane, lanesWithin, type Time } from "./lanes";
import { type Mark, marksOf, widthOf } from "./marks";

const PAD = 28;
const FOLD = 64;
const NARROW = 640;
const DAY_AT_MOST = 480;
const LISTED = 12;

export class Board {
  readonly element = document.createElement("div");
  private readonly drawing = svg("svg", { role: "group" });
  private readonly spacer = document.createElement("div");
  private lanes: readonly Lane[] = [];
  private time: Time = "true";
  private range: Days = null;
  private zoom = 1;
  private scale: Scale | null = null;
  private placed: readonly Placed[] = [];
  private drawn: readonly Drawn[] = [];
  /** The event at which the keyboard is. */
  private here = "";
  private waiting = 0;

  constructor(
    private readonly host: HTMLElement,
    label: string,
    private readonly says: (words: string) => void,
  ) {
    this.element.className = "island-canvas time-canvas";
    this.drawing.setAttribute("aria-label", `${label}; arrow keys go from event to event, + and - zoom`);
    Object.assign(this.drawing.style, { position: "sticky", left: "0", top: "0" });
    this.spacer.append(this.drawing);
    this.element.append(this.spacer);
    this.listen();
  }

  show(lanes: readonly Lane[], time: Time): void {
    [this.lanes, this.time] = [lanes, time];
    this.lay();
  }

  showRange(range: Days): void {
    this.range = range;
    this.lay();
  }

  /** Zoom by a factor around a place in view; the middle if none is said. */
  zoomBy(factor: number, around = this.view().width / 2): void {
    const { scale } = this;
    if (!scale) return;
    const left = this.element.scrollLeft;
    const day = scale.exactDay(left + around);
    const most = Math.max(1, (this.zoom * DAY_AT_MOST) / scale.perDay);
    this.zoom = Math.max(1, Math.min(most, this.zoom * factor));
    this.lay();
    this.element.scrollLeft = this.scale!.at(day) - around;
    this.redraw();
  }

  whole(): void {
    this.zoom = 1;
    this.lay();
  }

  /** Scale, marks and sizes anew: after a change of zoom, width, time or range. */
  private lay(): void {
    const width = this.element.clientWidth;
    const gutter = this.gutter();
    const all = this.lanes.flatMap(({ items }) => items.map(({ days }) => days));
    const room = Math.max(80, width - (gutter || 12) - PAD);
    this.scale = width ? makeScale(all, room * this.zoom, width < NARROW ? 30 : FOLD) : null;
    const { scale } = this;
    if (!scale) return;
    const shown = lanesWithin(this.lanes, this.range);
    this.placed = place(
      shown.map((lane) => marksOf(lane, scale)),
      gutter,
    );
    const last = this.placed.at(-1);
    const height = HEAD + (last ? last.top + last.height : 0) + 4;
    Object.assign(this.spacer.style, {
      width: this.zoom > 1 ? `${(gutter || 12) + scale.width + PAD}px` : "100%",
      height: `${height}px`,
    });
    this.redraw();
  }

  private gutter(): number {
    if (this.element.clientWidth < NARROW) return 0;
    const longest = this.lanes.reduce((most, { label }) => Math.max(most, widthOf(label)), 0);
    return Math.round(Math.max(72, Math.min(220, longest + 12))) + 28;
  }

  private view(): View {
    const gutter = this.gutter();
    const { clientWidth, clientHeight, scrollLeft, scrollTop } = this.element;
    const left = scrollLeft - (gutter ? 0 : 12);
    return { left, top: scrollTop, width: clientWidth - gutter, height: clientHeight, gutter };
  }

  private redraw(): void {
    const { scale } = this;
    if (!scale) return;
    const view = this.view();
    this.drawing.setAttribute("width", String(this.element.clientWidth));
    this.drawing.setAttribute("height", String(view.height));
    const focused = this.drawing.contains(document.activeElement);
    this.drawn = draw(this.drawing, scale, this.placed, view, this.time, this.range as Span | null);
    const stop = this.drawn.find(({ mark }) => holds(mark, this.here)) ?? this.drawn[0];
    stop?.element.setAttribute("tabindex", "0");
    if (focused) stop?.element.focus({ preventScroll: true });
  }

  private listen(): void {
    new ResizeObserver(() => this.lay()).observe(this.element);
    this.element.addEventListener("scroll", () => {
      this.waiting ||= requestAnimationFrame(() => {
        this.waiting = 0;
        this.redraw();
      });
    });
    this.element.addEventListener(
      "wheel",
      (event) => {
        if (!event.ctrlKey && !event.metaKey) return;
        event.preventDefault();
        const { left } = this.element.getBoundingClientRect();
        this.zoomBy(Math.exp(-event.deltaY / 240), Math.max(0, event.clientX - left - this.gutter()));
      },
      { passive: false },
    );
    this.drawing.addEventListener("click", (event) => this.press(event.target));
    this.drawing.addEventListener("keydown", (event) => this.onKey(event));
    this.drawing.addEventListener("focusin", (event) => this.noticed(event.target, true));
    this.drawing.addEventListener("pointerover", (event) => this.noticed(event.target, false));
  }

  private find(target: EventTarget | null): Drawn | undefined {
    return this.drawn.find(({ element }) => target instanceof Node && element.contains(target));
  }

  private noticed(target: EventTarget | null, focused: boolean): void {
    const found = this.find(target);
    this.says(found ? markWords(found.mark, this.time) : "");
    if (found && focused) this.here = found.mark.items[0]!.event.id;
  }

  /** A count opens: few, or what no zoom can part, as a list; many by zooming in on them. */
  private press(target: EventTarget | null): void {
    const found = this.find(target);
    if (!found || found.mark.items.length < 2) return;
    const { items } = found.mark;
    this.here = items[0]!.event.id;
    const days = items.at(-1)!.at - items[0]!.at;
    const width = days * this.scale!.perDay;
    if (found.mark.kind === "bar" || items.length <= LISTED || days < 0.1) return this.list(found);
    const middle = (found.mark.left + found.mark.right) / 2 - this.element.scrollLeft;
    this.zoomBy(Math.max(2, (this.view().width * 0.7) / Math.max(4, width)), middle);
    this.reveal(this.placed.flatMap(({ marks }) => marks).find((mark) => holds(mark, this.here)));
  }

  private list({ mark, element }: Drawn): void {
    const entries = mark.items.map((item) => {
      const note = dateWords(item, this.time);
      return { label: item.event.label, href: item.event.href, note: item.event.label.endsWith(note) ? "" : note };
    });
    const box = element.getBoundingClientRect();
    const around = this.host.getBoundingClientRect();
    const back = { focus: () => this.drawn.find((each) => holds(each.mark, this.here))?.element.focus() };
    openList(this.host, markWords(mark, this.time), entries, [box.left - around.left, box.bottom - around.top + 4], back);
  }

  private onKey(event: KeyboardEvent): void {
    const found = this.find(event.target);
    if (!found || event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    if (key === "ArrowRight" || key === "ArrowLeft") this.along(found, key === "ArrowRight" ? 1 : -1);
    else if (key === "Home" || key === "End") this.along(found, key === "End" ? Infinity : -Infinity);
    else if (key === "ArrowDown" || key === "ArrowUp") this.across(found, key === "ArrowDown" ? 1 : -1);
    else if (key === "+" || key === "=") this.zoomBy(2, this.placeOf(found.mark));
    else if (key === "-") this.zoomBy(0.5, this.placeOf(found.mark));
    else if ((key === "Enter" || key === " ") && found.mark.items.length > 1) this.press(event.target);
    else return;
    event.preventDefault();
  }

  private placeOf(mark: Mark): number {
    return (mark.left + mark.right) / 2 - this.element.scrollLeft;
  }

  private along({ mark, lane }: Drawn, by: number): void {
    const { marks } = lane;
    this.reveal(marks[Math.max(0, Math.min(marks.length - 1, marks.indexOf(mark) + by))]);
  }

  private across({ mark, lane }: Drawn, by: number): void {
    for (let at = this.placed.indexOf(lane) + by; this.placed[at]; at += by) {
      const { marks } = this.placed[at]!;
      if (!marks.length) continue;
      const off = (each: Mark): number => Math.abs(each.left + each.right - mark.left - mark.right);
      return this.reveal(marks.reduce((best, each) => (off(each) < off(best) ? each : best)));
    }
  }

  /** Scroll so that a mark is in view, and put the keyboard there. */
  private reveal(mark: Mark | undefined): void {
    if (!mark) return;
    this.here = mark.items[0]!.event.id;
    const view = this.view();
    const lane = this.placed.find(({ marks }) => marks.includes(mark))!;
    if (mark.left < view.left + 20 || mark.right > view.left + view.width - 20)
      this.element.scrollLeft = mark.left - view.width / 3;
    if (lane.top < view.top) this.element.scrollTop = lane.top;
    const below = HEAD + lane.top + lane.height - view.height;
    if (below > view.top) this.element.scrollTop = below;
    this.redraw();
    this.drawn.find((each) => each.mark === mark)?.element.focus({ preventScroll: true });
  }
}

const holds = (mark: Mark, id: string): boolean => mark.items.some(({ event }) => event.id === id);
