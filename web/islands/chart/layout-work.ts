/** What the page and the layout's worker say to each other. */

export const FORMS = ["force", "hierarchy", "circle", "time"] as const;
export type Form = (typeof FORMS)[number];

export const isForm = (words: string): words is Form => (FORMS as readonly string[]).includes(words);

/** Numbers to a point. */
export const POINT = 6;

export interface Work {
  form: Form;
  /** x, y, radius (px), 1 if it must stay where it is, 1 if the chart is of it, the first day of its links or NaN. */
  points: Float32Array;
  /** Three numbers each: one end, the other end, weight. */
  pairs: Float32Array;
  rounds: number;
  /** Room to fill (px); both 0: stay where the fixed points are. */
  width: number;
  height: number;
  /** Pixels in one unit of the force layout. */
  scale: number;
  /** A message at most every so many milliseconds; 0: only at the end. */
  beat: number;
}

export interface Settled {
  /** Two numbers each: x and y (px). */
  places: Float32Array;
  scale: number;
  done: boolean;
}
