/**
 * The editor of a draft: the verdict follows what is typed, a safer wording is put in by a press (and taken out again by
 * undo), and what is not saved yet is kept in this browser until it is. Without this the form does the same by buttons.
 */
import { forget, keepFor, type Kept } from "./drafting-kept";
import { startMoving } from "./drafting-moves";

const PATIENCE = 500;
const FIELDS = ["title", "text", "embargo", "persona", "actions"] as const;
type Values = Record<(typeof FIELDS)[number], string>;

/** Where the server counts characters, the browser counts UTF-16 units. */
export function unitsBefore(text: string, characters: number): number {
  let units = 0;
  let left = characters;
  for (const each of text) {
    if (left-- <= 0) break;
    units += each.length;
  }
  return units;
}

class Drafting {
  private waiting = 0;
  private looking = false;
  private looked = "";
  private readonly url: string;
  private readonly kept: Kept<Values>;
  private before: string[] = [];

  constructor(
    private readonly form: HTMLFormElement,
    private readonly panel: HTMLElement,
  ) {
    this.url = form.dataset["drafting"] ?? "";
    this.kept = keepFor<Values>(this.url);
  }

  private field(name: string): HTMLInputElement | HTMLTextAreaElement {
    return this.form.elements.namedItem(name) as HTMLInputElement | HTMLTextAreaElement;
  }

  private tell(words: string): void {
    const says = this.form.querySelector("[data-drafting-says]");
    if (says) says.textContent = words;
  }

  private values(): Values {
    return Object.fromEntries(FIELDS.map((name) => [name, this.field(name).value])) as Values;
  }

  /** What the page came with, whatever the browser has put into its fields since. */
  private asSaved(): Values {
    return Object.fromEntries(FIELDS.map((name) => [name, this.field(name).defaultValue])) as Values;
  }

  start(): void {
    const look = this.form.querySelector<HTMLElement>("[data-drafting-look]");
    if (look) look.hidden = true;
    this.looked = JSON.stringify(this.asSaved());
    this.bringBack();
    window.addEventListener("online", () => void this.look());
    this.form.addEventListener("input", () => this.typed());
    this.form.addEventListener("submit", (event) => this.submitted(event));
    this.panel.addEventListener("click", (event) => this.taken(event));
    this.undo?.addEventListener("click", () => this.undone());
    document.querySelector("[data-drafting-drop]")?.addEventListener("click", () => this.kept.drop());
    startMoving(this.form, this.panel, (line) => this.goTo(line));
  }

  private get undo(): HTMLButtonElement | null {
    return this.form.querySelector("[data-drafting-undo]");
  }

  /** Words that were not saved when the page was left; on another state they make the server show both. */
  private bringBack(): void {
    const saved = this.form.dataset["saved"] ?? "";
    const left = this.kept.read();
    const shown = this.values();
    const stands = this.asSaved();
    if ("unsaved" in this.form.dataset) {
      this.kept.write(this.field("base").value, shown);
      return this.tell("Not saved yet; kept in this browser until it is.");
    }
    // A browser may put back itself what was typed when one goes back or loads the page again: that is not saved either.
    if (!left && JSON.stringify(shown) !== JSON.stringify(stands)) return this.typed();
    if (!left || FIELDS.every((name) => left.values[name] === stands[name])) return this.kept.drop();
    if (left.sent && left.base !== saved) return this.kept.drop();
    for (const name of FIELDS) this.field(name).value = left.values[name];
    this.field("base").value = left.base;
    this.before = [stands.text];
    this.showUndo();
    this.tell("What you had not saved is back. Undo shows what is saved.");
    void this.look();
  }

  private typed(): void {
    this.kept.write(this.field("base").value, this.values());
    this.tell("Not saved yet; kept in this browser until it is.");
    window.clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => void this.look(), PATIENCE);
  }

  private submitted(event: SubmitEvent): void {
    const how = (event.submitter as HTMLButtonElement | null)?.name;
    if (how === "do") this.kept.send();
  }

  /** One question at a time: while the desk answers, nobody else is answered. */
  private async look(): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    while (JSON.stringify(this.values()) !== this.looked && (await this.lookOnce()));
    this.looking = false;
  }

  private async lookOnce(): Promise<boolean> {
    const now = JSON.stringify(this.values());
    const sent = new FormData(this.form);
    sent.set("part", "yes");
    sent.delete("before");
    try {
      const answer = await fetch(`${this.url}/look`, { method: "POST", body: new URLSearchParams(sent as never) });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      this.show(await answer.text());
      this.looked = now;
      return true;
    } catch {
      this.panel.classList.add("stale");
      this.tell("The desk did not answer; what you write is kept in this browser. Sign in again in another window, or save.");
      return false;
    }
  }

  /** Our own server's fragment, escaped there; the sentence that is looked at stays in sight. */
  private show(fragment: string): void {
    const here = this.lines().findIndex((each) => each === document.activeElement);
    const parsed = new DOMParser().parseFromString(fragment, "text/html");
    this.panel.replaceChildren(...parsed.body.childNodes);
    this.panel.classList.remove("stale");
    const again = this.lines()[here];
    if (again) {
      again.tabIndex = -1;
      again.focus({ preventScroll: true });
    }
  }

  private lines(): HTMLElement[] {
    return [...this.panel.querySelectorAll<HTMLElement>(".gate-line")];
  }

  private taken(event: Event): void {
    const button = (event.target as Element).closest<HTMLButtonElement>("[data-take]");
    if (!button) return;
    event.preventDefault();
    if (this.looked !== JSON.stringify(this.values())) {
      this.tell("The text had changed since: it is looked at again first. Press once more.");
      return void this.look();
    }
    const { until = "", words = "", in: name = "text" } = button.dataset;
    if (until) {
      this.field("embargo").value = until;
      this.form.querySelector("details")?.setAttribute("open", "");
      return this.changed(`It waits until ${until}.`);
    }
    const field = this.field(name);
    const from = unitsBefore(field.value, Number(button.dataset["start"]));
    let to = unitsBefore(field.value, Number(button.dataset["end"]));
    if (!words) while (field.value[to] === " ") to += 1;
    if (name === "text") this.before.push(field.value);
    field.focus();
    field.setSelectionRange(from, to);
    // The only way of changing a field that its own undo (Ctrl+Z) knows of.
    if (!document.execCommand("insertText", false, words)) field.setRangeText(words, from, to, "end");
    this.showUndo();
    this.changed(words ? "Put in. Undo takes it out again." : "Left out. Undo puts it back.");
  }

  private changed(words: string): void {
    this.kept.write(this.field("base").value, this.values());
    this.tell(`${words} Not saved yet.`);
    void this.look();
  }

  private undone(): void {
    const last = this.before.pop();
    if (last === undefined) return;
    const field = this.field("text");
    field.focus();
    field.setSelectionRange(0, field.value.length);
    if (!document.execCommand("insertText", false, last)) field.value = last;
    this.showUndo();
    this.changed("Undone.");
  }

  private showUndo(): void {
    if (this.undo) this.undo.hidden = !this.before.length;
  }

  /** From a sentence's verdict into the text, where the sentence stands. */
  private goTo(line: HTMLElement): void {
    const field = this.field(line.dataset["in"] ?? "text");
    const from = unitsBefore(field.value, Number(line.dataset["start"]));
    field.focus();
    field.setSelectionRange(from, unitsBefore(field.value, Number(line.dataset["end"])));
  }
}

export function startDrafting(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-drafting]");
  const panel = document.querySelector<HTMLElement>("[data-drafting-verdict]");
  if (form && panel) new Drafting(form, panel).start();
  const page = document.querySelector<HTMLElement>("[data-drafted]");
  if (page) forget(page.dataset["drafted"] ?? "", page.dataset["base"] ?? "");
}
