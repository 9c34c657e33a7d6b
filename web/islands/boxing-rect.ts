/** Boxes as numbers: left, top, width and height in hundredths of the picture, kept inside it. */

export type Rect = [number, number, number, number];

const LEAST = 0.2;

const tidy = (value: number): number => Math.round(value * 100) / 100;
const within = (value: number, most: number): number => Math.min(Math.max(value, 0), Math.max(most, 0));

/** The box that the fields of a row write; null if they write none. */
export function rectOf(values: readonly string[]): Rect | null {
  const numbers = values.map((each) => (each.trim() ? Number(each.trim().replace("%", "").replace(",", ".")) : Number.NaN));
  const [left = Number.NaN, top = Number.NaN, width = Number.NaN, height = Number.NaN] = numbers;
  return [left, top, width, height].every(Number.isFinite) && width >= 0 && height >= 0 ? [left, top, width, height] : null;
}

/** The box with these two corners. */
export function spanned(one: readonly [number, number], other: readonly [number, number]): Rect {
  const [left, right] = [within(Math.min(one[0], other[0]), 100), within(Math.max(one[0], other[0]), 100)];
  const [top, bottom] = [within(Math.min(one[1], other[1]), 100), within(Math.max(one[1], other[1]), 100)];
  return [tidy(left), tidy(top), tidy(right - left), tidy(bottom - top)];
}

export function moved([left, top, width, height]: Rect, [across, down]: readonly [number, number]): Rect {
  return [tidy(within(left + across, 100 - width)), tidy(within(top + down, 100 - height)), width, height];
}

export function sized([left, top, width, height]: Rect, [across, down]: readonly [number, number]): Rect {
  const wide = Math.max(LEAST, within(width + across, 100 - left));
  const high = Math.max(LEAST, within(height + down, 100 - top));
  return [left, top, tidy(wide), tidy(high)];
}
