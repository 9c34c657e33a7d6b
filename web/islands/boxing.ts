/**
 * Boxes on a picture, drawn with mouse, finger or keys. The rows of the form are the truth: what is drawn here is
 * written into them, and the form goes to the server as it would without this.
 */
import { moved, rectOf, sized, spanned, type Rect } from "./boxing-rect";

const SIDES = ["left", "top", "width", "height"] as const;
const STEP = 1;
const SMALL = 0.1;
const LEAST = 0.4;
const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

type Held = { pointer: number; at: [number, number]; was: Rect; row: HTMLElement; how: "new" | "move" | "size" };

class Boxing {
  private readonly boxes = new Map<HTMLElement, HTMLButtonElement>();
  private readonly past: string[] = [];
  private readonly blank: HTMLElement;
  private held: Held | null = null;
  private next: number;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly stage: HTMLElement,
    private readonly list: HTMLElement,
  ) {
    const rows = this.rows();
    this.next = rows.length;
    this.blank = rows.at(-1)?.cloneNode(true) as HTMLElement;
    for (const row of rows) if (!rectOf(this.values(row))) row.remove();
  }

  start(): void {
    for (const hidden of this.form.querySelectorAll<HTMLElement>("[data-boxing-help], [data-boxing-tools]")) hidden.hidden = false;
    this.stage.addEventListener("pointerdown", (event) => this.grab(event));
    this.stage.addEventListener("pointermove", (event) => this.drag(event));
    this.stage.addEventListener("pointerup", () => this.release());
    this.stage.addEventListener("pointercancel", () => this.release());
    this.stage.addEventListener("keydown", (event) => this.key(event));
    this.stage.addEventListener("click", (event) => this.clicked(event));
    this.list.addEventListener("input", () => this.draw());
    this.form.querySelector("[data-add]")?.addEventListener("click", () => this.add([40, 40, 20, 20], true));
    this.form.querySelector("[data-undo]")?.addEventListener("click", () => this.undo());
    document.addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey) || isField(event.target)) return;
      event.preventDefault();
      this.undo();
    });
    this.draw();
    this.form.dataset["boxingReady"] = "yes";
  }

  private rows(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>("[data-box-row]")];
  }

  private field(row: HTMLElement, name: string): HTMLInputElement {
    return row.querySelector<HTMLInputElement>(`[name^="${name}-"]`)!;
  }

  private values(row: HTMLElement): string[] {
    return SIDES.map((side) => this.field(row, side).value);
  }

  private write(row: HTMLElement, rect: Rect): void {
    SIDES.forEach((side, at) => (this.field(row, side).value = String(rect[at])));
  }

  private add(rect: Rect, focused = false): HTMLElement {
    this.remember();
    const row = this.blank.cloneNode(true) as HTMLElement;
    const number = this.next++;
    for (const each of row.querySelectorAll<HTMLElement>("[name], [for]")) {
      for (const name of ["name", "id", "for"]) {
        const value = each.getAttribute(name);
        if (value) each.setAttribute(name, value.replace(/-\d+$/, `-${number}`));
      }
    }
    this.write(row, rect);
    this.list.append(row);
    this.draw();
    if (focused) this.boxes.get(row)?.focus();
    return row;
  }

  /** Each row's box in its place; rows without one have none. */
  private draw(): void {
    const rows = this.rows();
    for (const [row, box] of this.boxes) {
      if (row.isConnected && rectOf(this.values(row))) continue;
      box.remove();
      this.boxes.delete(row);
    }
    rows.forEach((row, at) => {
      const number = row.querySelector(".box-number");
      if (number) number.textContent = String(at + 1);
      const rect = rectOf(this.values(row));
      if (rect) this.place(row, rect, at + 1);
    });
    const undo = this.form.querySelector<HTMLButtonElement>("[data-undo]");
    if (undo) undo.disabled = !this.past.length;
  }

  private place(row: HTMLElement, rect: Rect, number: number): void {
    let box = this.boxes.get(row);
    if (!box) {
      box = document.createElement("button");
      box.type = "button";
      box.className = "drawn-box";
      const grip = document.createElement("span");
      grip.className = "grip";
      grip.dataset["grip"] = "";
      box.append(document.createElement("b"), grip);
      this.boxes.set(row, box);
      this.stage.append(box);
    }
    SIDES.forEach((side, at) => (box.style[side] = `${rect[at]}%`));
    const taken = this.field(row, "take").checked;
    const kind = row.querySelector("select")?.value ?? "";
    box.classList.toggle("proposed", !taken);
    box.querySelector("b")!.textContent = `${number} ${kind}${taken ? "" : "?"}`;
    const where = `left ${rect[0]}, top ${rect[1]}, ${rect[2]} by ${rect[3]} hundredths`;
    box.setAttribute("aria-label", `Box ${number}, ${kind}${taken ? "" : ", proposed and not taken"}: ${where}`);
  }

  private rowOf(target: EventTarget | null): HTMLElement | null {
    const box = target instanceof Element ? target.closest<HTMLButtonElement>(".drawn-box") : null;
    return box ? ([...this.boxes].find(([, each]) => each === box)?.[0] ?? null) : null;
  }

  private at(event: PointerEvent): [number, number] {
    const { left, top, width, height } = this.stage.getBoundingClientRect();
    return [(100 * (event.clientX - left)) / width, (100 * (event.clientY - top)) / height];
  }

  private grab(event: PointerEvent): void {
    if (event.button !== 0 || this.held) return;
    const known = this.rowOf(event.target);
    const at = this.at(event);
    event.preventDefault();
    this.stage.setPointerCapture(event.pointerId);
    if (known) {
      this.remember();
      const how = (event.target as Element).closest("[data-grip]") ? "size" : "move";
      this.held = { pointer: event.pointerId, at, was: rectOf(this.values(known))!, row: known, how };
      this.boxes.get(known)?.focus();
    } else {
      const row = this.add(spanned(at, at));
      this.held = { pointer: event.pointerId, at, was: spanned(at, at), row, how: "new" };
    }
  }

  private drag(event: PointerEvent): void {
    const held = this.held;
    if (!held || held.pointer !== event.pointerId) return;
    const at = this.at(event);
    const by: [number, number] = [at[0] - held.at[0], at[1] - held.at[1]];
    if (held.how === "new") this.write(held.row, spanned(held.at, at));
    else this.write(held.row, held.how === "move" ? moved(held.was, by) : sized(held.was, by));
    this.draw();
  }

  /** A press that moved nothing leaves no box behind, and nothing to undo. */
  private release(): void {
    const held = this.held;
    this.held = null;
    if (!held) return;
    const rect = rectOf(this.values(held.row));
    if (held.how === "new" && (!rect || rect[2] < LEAST || rect[3] < LEAST)) {
      held.row.remove();
      this.past.pop();
    } else if (held.how === "new") this.boxes.get(held.row)?.focus();
    else if (rect && rect.every((each, at) => each === held.was[at])) this.past.pop();
    this.draw();
  }

  /** Enter or Space on a box: taken or dropped. A press with the pointer moves it instead. */
  private clicked(event: MouseEvent): void {
    const row = this.rowOf(event.target);
    if (!row || event.detail !== 0) return;
    this.remember();
    const take = this.field(row, "take");
    take.checked = !take.checked;
    this.tell(take.checked ? "Taken." : "Dropped.");
    this.draw();
  }

  private key(event: KeyboardEvent): void {
    const row = this.rowOf(event.target);
    const rect = row && rectOf(this.values(row));
    if (!row || !rect || event.ctrlKey || event.metaKey) return;
    const arrow = ARROWS[event.key];
    if (arrow) {
      if (!event.repeat) this.remember();
      const step = event.altKey ? SMALL : STEP;
      const by: [number, number] = [arrow[0] * step, arrow[1] * step];
      this.write(row, event.shiftKey ? sized(rect, by) : moved(rect, by));
    } else if (event.key === "Delete" || event.key === "Backspace") {
      this.remember();
      const all = this.rows();
      const beside = all[all.indexOf(row) + 1] ?? all[all.indexOf(row) - 1];
      row.remove();
      this.tell("Removed.");
      if (beside) this.boxes.get(beside)?.focus();
      else this.form.querySelector<HTMLElement>("[data-add]")?.focus();
    } else return;
    event.preventDefault();
    this.draw();
  }

  private remember(): void {
    this.past.push(JSON.stringify(this.rows().map((row) => [row.querySelector("select")!.value, this.field(row, "take").checked, this.field(row, "by").value, ...this.values(row)])));
    if (this.past.length > 200) this.past.shift();
  }

  private undo(): void {
    const before = this.past.pop();
    if (before === undefined) return;
    for (const row of this.rows()) row.remove();
    for (const [kind, taken, by, ...values] of JSON.parse(before) as [string, boolean, string, ...string[]][]) {
      const row = this.add(values.map(Number) as Rect);
      this.past.pop();
      row.querySelector("select")!.value = kind;
      this.field(row, "take").checked = taken;
      this.field(row, "by").value = by;
    }
    this.tell("Undone.");
    this.draw();
  }

  private tell(words: string): void {
    const says = this.form.querySelector("[data-boxing-says]");
    if (says) says.textContent = words;
  }
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input:not([type=checkbox]), textarea");
}

export function startBoxing(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-boxing]");
  const stage = form?.querySelector<HTMLElement>("[data-stage]");
  const list = form?.querySelector<HTMLElement>("[data-box-rows]");
  if (form && stage && list) new Boxing(form, stage, list).start();
}
