/** What was done to the chart, to be undone and done again. */

export interface Step {
  words: string;
  back: () => void;
  again: () => void;
}

const KEPT = 200;
/** What follows so soon is still the same act (ms). */
const SOON = 1200;

export class History {
  private readonly done: Step[] = [];
  private readonly undone: Step[] = [];

  private touched = 0;

  constructor(private readonly changed: () => void) {}

  /** Remember what has just been done. */
  add(step: Step): void {
    this.done.push(step);
    if (this.done.length > KEPT) this.done.shift();
    this.undone.length = 0;
    this.touched = performance.now();
    this.changed();
  }

  /** Whether the last act is still going on, such as a drag: then it only ends elsewhere. */
  goOn(words: string, again: () => void): boolean {
    const last = this.done.at(-1);
    const now = performance.now();
    if (last?.words !== words || this.undone.length || now - this.touched > SOON) return false;
    last.again = again;
    this.touched = now;
    return true;
  }

  get undoable(): string | undefined {
    return this.done.at(-1)?.words;
  }

  get redoable(): string | undefined {
    return this.undone.at(-1)?.words;
  }

  undo(): Step | undefined {
    const step = this.done.pop();
    if (!step) return;
    step.back();
    this.undone.push(step);
    this.changed();
    return step;
  }

  redo(): Step | undefined {
    const step = this.undone.pop();
    if (!step) return;
    step.again();
    this.done.push(step);
    this.changed();
    return step;
  }
}
