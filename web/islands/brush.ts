/**
 * A range of time to choose on a histogram of moments. The choice is said to the whole page as
 * `leconfield:timerange` and heard from it, so that every drawing on a page shows the same days.
 */
import { type Bin, countBins, drawBins, HEIGHT } from "./brush-bins";
import { startDrag } from "./brush-drag";
import { daysOf, inWords, isoOf, type Span, within } from "./time";
import { svg, toolButton } from "./time-axis";
import { makeScale, type Scale } from "./time-scale";
import type { Days } from "./types";

export const TIME_RANGE = "leconfield:timerange";
const BAR = 7;
const FOLD = 14;
const STEPS = 80;
const BEAT = 150;

/** Say a range to every drawing on the page. */
export function sayRange(range: Days): void {
  document.dispatchEvent(new CustomEvent<Days>(TIME_RANGE, { detail: range }));
}

/** Hear of ranges for as long as the element is on the page. */
export function hearRange(host: HTMLElement, onRange: (range: Days) => void): void {
  const hear = (event: Event): void => {
    if (host.isConnected) onRange((event as CustomEvent<Days>).detail);
    else document.removeEventListener(TIME_RANGE, hear);
  };
  document.addEventListener(TIME_RANGE, hear);
}

/** Put a brush at the end of the host. `moments` is asked again at each `refresh`; `onRange` at each new choice. */
export function brush(
  host: HTMLElement,
  moments: () => readonly Days[],
  onRange: (range: Days) => void,
): { refresh(): void } {
  const made = new Brush(moments);
  host.append(made.element);
  hearRange(made.element, (range) => {
    made.show(range);
    onRange(range);
  });
  return made;
}

class Brush {
  readonly element = document.createElement("div");
  private readonly drawing = svg("svg", { role: "img", "aria-label": "How many at what time; drag to choose days" });
  private readonly mark = svg("rect", { class: "range", y: 0, height: HEIGHT - 16, width: 0 });
  private readonly from = dateField("From");
  private readonly until = dateField("until");
  private readonly says = document.createElement("span");
  private readonly play = toolButton("Play", "Play", () => this.playOrPause());
  private readonly clear = toolButton("All time", "All time", () => this.choose(null));
  private shown: readonly Days[] = [];
  private scale: Scale | null = null;
  private bins: readonly Bin[] = [];
  private bars: readonly SVGRectElement[] = [];
  private range: Days = null;
  private waiting = 0;
  private beat = 0;

  constructor(private readonly moments: () => readonly Days[]) {
    this.element.className = "brush";
    this.says.className = "says quiet";
    this.says.setAttribute("role", "status");
    const tools = document.createElement("div");
    tools.className = "brush-tools";
    tools.append(this.from.label, this.until.label, this.play, this.clear, this.says);
    this.element.append(this.drawing, tools);
    for (const { field } of [this.from, this.until]) field.addEventListener("change", () => this.chooseTyped());
    startDrag(
      this.drawing,
      () => this.scale,
      () => this.range,
      (range) => this.choose(range),
    );
    new ResizeObserver(() => this.draw()).observe(this.drawing);
    this.refresh();
  }

  refresh(): void {
    this.shown = this.moments();
    this.draw();
  }

  show(range: Days): void {
    this.range = range;
    this.mend();
  }

  /** At most one word to the page in a frame, for a drag says many. */
  private choose(range: Days, playing = false): void {
    if (!playing) this.pause();
    this.range = range;
    if (this.waiting) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = 0;
      sayRange(this.range);
    });
  }

  private chooseTyped(): void {
    const whole = this.scale?.span;
    const from = daysOf(this.from.field.value)?.[0] ?? whole?.[0];
    const until = daysOf(this.until.field.value)?.[1] ?? whole?.[1];
    if (from === undefined || until === undefined) return;
    const empty = !this.from.field.value && !this.until.field.value;
    this.choose(empty ? null : [Math.min(from, until), Math.max(from, until)]);
  }

  private playOrPause(): void {
    const { scale } = this;
    if (this.beat) return this.pause();
    if (!scale) return;
    const ended = this.range && this.range[1] >= scale.span[1];
    const width = this.range ? scale.at(this.range[1] + 1) - scale.at(this.range[0]) : scale.width / 8;
    let left = this.range && !ended ? scale.at(this.range[0]) : 0;
    const show = (): void => this.choose([scale.day(left + 0.5), scale.day(left + Math.max(width, 1) - 0.5)], true);
    show();
    this.beat = window.setInterval(() => {
      left += scale.width / STEPS;
      if (!this.element.isConnected || left + width > scale.width + 1) this.pause();
      else show();
    }, BEAT);
    this.play.textContent = "Pause";
    this.play.setAttribute("aria-label", "Pause");
  }

  private pause(): void {
    window.clearInterval(this.beat);
    this.beat = 0;
    this.play.textContent = "Play";
    this.play.setAttribute("aria-label", "Play");
  }

  private draw(): void {
    const width = this.drawing.clientWidth;
    this.element.hidden = this.shown.every((moment) => !moment);
    this.scale = width ? makeScale(this.shown, width, FOLD) : null;
    if (!this.scale) return;
    this.bins = countBins(this.shown, this.scale, Math.max(4, Math.floor(width / BAR)));
    const { bars, rest } = drawBins(this.scale, this.bins);
    this.bars = bars;
    this.drawing.replaceChildren(...bars, ...rest, this.mark);
    for (const { field } of [this.from, this.until]) {
      field.min = isoOf(this.scale.span[0]);
      field.max = isoOf(this.scale.span[1]);
    }
    this.mend();
  }

  /** Only what depends on the range: the bars' colour, the mark, the fields and the words. */
  private mend(): void {
    const { scale, range } = this;
    if (!scale) return;
    this.bars.forEach((bar, at) => bar.classList.toggle("in", range !== null && within(this.bins[at]!.days, range)));
    const left = range ? Math.max(0, scale.at(range[0])) : 0;
    const right = range ? Math.min(scale.width, scale.at(range[1] + 1)) : 0;
    this.mark.setAttribute("x", String(left));
    this.mark.setAttribute("width", String(range ? Math.max(1.5, right - left) : 0));
    this.from.field.value = range ? isoOf(range[0]) : "";
    this.until.field.value = range ? isoOf(range[1]) : "";
    this.clear.disabled = !range;
    this.says.textContent = this.words(scale.span);
  }

  private words(span: Span): string {
    const dated = this.shown.filter((moment) => moment !== null);
    const count = (many: number): string => many.toLocaleString("en-GB");
    if (!this.range) return `${count(dated.length)} from ${inWords(span[0])} to ${inWords(span[1])}`;
    return `${count(dated.filter((moment) => within(moment, this.range)).length)} of ${count(dated.length)}`;
  }
}

function dateField(words: string): { label: HTMLLabelElement; field: HTMLInputElement } {
  const label = document.createElement("label");
  const field = document.createElement("input");
  field.type = "date";
  label.append(`${words} `, field);
  return { label, field };
}
