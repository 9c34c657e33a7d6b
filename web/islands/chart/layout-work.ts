/** What the page and the layout's worker say to each other. */

export interface Work {
  /** Four numbers each: x, y, radius (px), 1 if it must stay where it is. */
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
