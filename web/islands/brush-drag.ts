/** Dragging on the brush: a new range, the whole range along, or one of its ends. */
import type { Span } from "./time";
import type { Scale } from "./time-scale";
import type { Days } from "./types";

const GRIP = 6;
const STILL = 3;

type Grab = { kind: "new" | "start" | "end" | "move"; at: number; was: Span };

/** What a pointer at this place takes hold of. */
function grabAt(scale: Scale, range: Days, place: number): Grab {
  const day = scale.day(place);
  if (range) {
    const left = scale.at(range[0]);
    const right = scale.at(range[1] + 1);
    if (Math.abs(place - left) <= GRIP) return { kind: "start", at: day, was: range };
    if (Math.abs(place - right) <= GRIP) return { kind: "end", at: day, was: range };
    if (place > left && place < right) return { kind: "move", at: day, was: range };
  }
  return { kind: "new", at: day, was: [day, day] };
}

/** The range after moving the pointer to a day. */
export function dragged({ kind, at, was }: Grab, day: number, [first, last]: Span): Span {
  if (kind === "move") return shifted(was, day - at, [first, last]);
  const fixed = kind === "new" ? at : kind === "start" ? was[1] : was[0];
  return [Math.min(fixed, day), Math.max(fixed, day)];
}

/** The range moved by some days, and kept inside. */
export function shifted([from, until]: Span, by: number, [first, last]: Span): Span {
  const step = Math.max(first - from, Math.min(last - until, by));
  return [from + step, until + step];
}

/** Listen to pointers on the drawing. `changed` is told each new range, null when it was only a click beside it. */
export function startDrag(
  drawing: SVGSVGElement,
  scale: () => Scale | null,
  range: () => Days,
  changed: (range: Days) => void,
): void {
  let grab: Grab | null = null;
  let from = 0;
  let moved = false;
  const placeOfPointer = (event: PointerEvent): number => event.clientX - drawing.getBoundingClientRect().left;
  drawing.addEventListener("pointerdown", (event) => {
    const now = scale();
    if (!now || event.button !== 0) return;
    from = placeOfPointer(event);
    moved = false;
    grab = grabAt(now, range(), from);
    drawing.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  drawing.addEventListener("pointermove", (event) => {
    const now = scale();
    if (!now || !grab) return;
    const place = placeOfPointer(event);
    moved ||= Math.abs(place - from) > STILL;
    if (moved) changed(dragged(grab, now.day(place), now.span));
  });
  const release = (event: PointerEvent): void => {
    if (grab?.kind === "new" && !moved && event.type === "pointerup") changed(null);
    grab = null;
  };
  drawing.addEventListener("pointerup", release);
  drawing.addEventListener("pointercancel", release);
}
