/** Days along a line. Long silences are folded: one stray date decades away must not press all others into a point. */
import type { Span } from "./time";
import type { Days } from "./types";

/** A stretch of the line; `silent`: a folded silence, drawn narrower than it was long. */
export interface Piece {
  from: number;
  /** The first day after it. */
  until: number;
  left: number;
  right: number;
  silent: boolean;
}

const LONG = 120;
const SHARE = 0.12;
const TIMES_USUAL = 6;

export class Scale {
  constructor(
    readonly pieces: readonly Piece[],
    readonly width: number,
  ) {}

  get span(): Span {
    return [this.pieces[0]!.from, this.pieces[this.pieces.length - 1]!.until - 1];
  }

  /** Days that are drawn at their length. */
  get liveDays(): number {
    return this.pieces.reduce((sum, { from, until, silent }) => sum + (silent ? 0 : until - from), 0);
  }

  /** Points for one day outside the folds. */
  get perDay(): number {
    const live = this.pieces.find((piece) => !piece.silent)!;
    return (live.right - live.left) / (live.until - live.from);
  }

  /** Where a day begins. */
  at(day: number): number {
    const { from, until, left, right } = this.pieces.find((piece) => day < piece.until) ?? this.pieces.at(-1)!;
    return left + ((day - from) / (until - from)) * (right - left);
  }

  /** The day at a place; the first or last beyond the ends. */
  day(place: number): number {
    return Math.max(this.span[0], Math.min(this.span[1], Math.floor(this.exactDay(place))));
  }

  /** The day and the share of it that is over, at a place. */
  exactDay(place: number): number {
    const { from, until, left, right } = this.pieces.find((piece) => place < piece.right) ?? this.pieces.at(-1)!;
    return from + ((place - left) / Math.max(1e-9, right - left)) * (until - from);
  }
}

/** A scale for these moments over a width, each folded silence taking `fold` points; null if nothing has a date. */
export function makeScale(moments: readonly Days[], width: number, fold: number): Scale | null {
  const busy = busySpans(moments);
  if (!busy.length) return null;
  const folded = silences(busy);
  const bounds = [busy[0]![0], ...folded.flatMap(([from, until]) => [from, until + 1]), busy.at(-1)![1] + 1];
  const live = bounds.at(-1)! - bounds[0]! - folded.reduce((sum, [from, until]) => sum + until + 1 - from, 0);
  const narrow = Math.min(fold, width / (2 * folded.length + 1));
  const perDay = (width - narrow * folded.length) / live;
  const pieces: Piece[] = [];
  let left = 0;
  for (let at = 0; at + 1 < bounds.length; at++) {
    const [from, until, silent] = [bounds[at]!, bounds[at + 1]!, at % 2 === 1];
    const right = left + (silent ? narrow : (until - from) * perDay);
    pieces.push({ from, until, left, right, silent });
    left = right;
  }
  return new Scale(pieces, width);
}

/** The moments' days, in order, joined where they touch. */
function busySpans(moments: readonly Days[]): [number, number][] {
  const dated = moments.filter((moment) => moment !== null).sort((a, b) => a[0] - b[0]);
  const joined: [number, number][] = [];
  for (const [from, until] of dated) {
    const last = joined.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], until);
    else joined.push([from, until]);
  }
  return joined;
}

/** Silences that are long by the calendar, by the usual silence, and by the share of the line they would take. */
function silences(busy: readonly [number, number][]): Span[] {
  const gaps = busy.slice(1).map(([from], at): Span => [busy[at]![1] + 1, from - 1]);
  const length = ([from, until]: Span): number => until - from + 1;
  const bySize = [...gaps].sort((a, b) => length(b) - length(a));
  const middle = bySize.length ? length(bySize[bySize.length >> 1]!) : 0;
  let live = busy.at(-1)![1] - busy[0]![0] + 1;
  const kept: Span[] = [];
  for (const gap of bySize) {
    const days = length(gap);
    if (days < LONG || days < SHARE * live || days < TIMES_USUAL * middle) break;
    kept.push(gap);
    live -= days;
  }
  return kept.sort((a, b) => a[0] - b[0]);
}
