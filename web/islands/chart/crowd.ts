/** Rectangles on the screen, and whether another would lie on one of them. */

export interface Rect {
  x: number;
  y: number;
  w: number;
  h: number;
}

const CELL = 64;

export class Crowd {
  private readonly cells = new Map<number, { rect: Rect; owner: string }[]>();

  add(rect: Rect, owner = ""): void {
    for (const cell of cellsOf(rect)) {
      const there = this.cells.get(cell);
      if (there) there.push({ rect, owner });
      else this.cells.set(cell, [{ rect, owner }]);
    }
  }

  /** Whether it lies on anything but what belongs to its own subject. */
  hits(rect: Rect, owner = ""): boolean {
    for (const cell of cellsOf(rect)) {
      for (const each of this.cells.get(cell) ?? []) {
        if ((!owner || each.owner !== owner) && overlap(rect, each.rect)) return true;
      }
    }
    return false;
  }
}

function* cellsOf({ x, y, w, h }: Rect): Generator<number> {
  for (let row = Math.floor(y / CELL); row <= Math.floor((y + h) / CELL); row++) {
    for (let column = Math.floor(x / CELL); column <= Math.floor((x + w) / CELL); column++) yield row * 4096 + column;
  }
}

const overlap = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
