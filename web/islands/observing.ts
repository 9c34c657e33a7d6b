/**
 * The observation log where there may be no server: a line is sealed and kept here the moment it is written, and sent
 * when that can be done. Each device has a history of its own; the server takes each line once, in order, or none.
 * Without a safe context (no seals) or storage the form works as a plain form.
 */
import keeper from "worker:./observing/keeper.ts";
import { lastLines, sendLines, sendPicture, SignedOut, stateOf } from "./observing/desk";
import { digestOf, History, type Line, type Picture, type Said } from "./observing/history";

const EVERY = 15_000;
const AT_ONCE = 200;
const TWICE = 600;
const MOST = 12 * 2 ** 20;
const CACHE = "leconfield-observing";
const SHELL = "/operations/shell";
const ID = /^[0-9a-f]{32}$/;
const POSITION = /^\s*(-?\d{1,2}(?:\.\d{1,8})?)[\s,]+(-?\d{1,3}(?:\.\d{1,8})?)\s*$/;

class Fault extends Error {}

const count = (many: number, one: string): string => `${many} ${one}${many === 1 ? "" : "s"}`;

class Observing {
  private busy: Promise<void> | null = null;
  private pressed: [string, number] = ["", 0];

  constructor(
    private readonly form: HTMLFormElement,
    private readonly url: string,
    private readonly history: History,
  ) {}

  private part<T extends Element>(selector: string): T | null {
    return this.form.querySelector<T>(selector);
  }

  private field(name: string): HTMLInputElement | null {
    return this.part<HTMLInputElement>(`[name=${name}]`);
  }

  private tell(words: string): void {
    const says = this.part<HTMLElement>("[data-observing-says]");
    if (says && says.textContent !== words) says.textContent = words;
  }

  async start(): Promise<void> {
    const { by } = await this.history.device();
    const sign = this.field("by");
    if (sign && !sign.value && by) sign.value = by;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.pressedOn((event.submitter as HTMLElement | null)?.dataset["words"] ?? "");
    });
    this.part("[data-observing-mend]")?.addEventListener("click", () => void this.mend());
    this.offerPosition();
    window.addEventListener("online", () => void this.sync());
    window.addEventListener("offline", () => void this.unreached());
    window.setInterval(() => void this.beat(), EVERY);
    await navigator.storage?.persist?.();
    await this.showWaiting();
    await this.sync();
    this.form.dataset["observingReady"] = "yes";
  }

  private async beat(): Promise<void> {
    if ((await this.history.waiting()).length || (await this.history.pictures()).length) await this.sync();
  }

  /** One press, or words of one's own: the line is kept here before anything else is done. */
  private async pressedOn(words: string): Promise<void> {
    const [last, when] = this.pressed;
    if (words && words === last && performance.now() - when < TWICE) return;
    this.pressed = [words, performance.now()];
    try {
      const [said, pictures] = await this.said(words);
      await this.history.write(said, pictures);
    } catch (problem) {
      this.tell(problem instanceof Fault ? problem.message : "This line could not be kept here: press again, or write it on paper.");
      return;
    }
    this.empty();
    this.tell("Kept here.");
    await this.showWaiting();
    await this.sync();
  }

  private async said(words: string): Promise<[Said, Picture[]]> {
    const value = (name: string): string => this.field(name)?.value.trim() ?? "";
    const seen = [words, value("seen")].filter(Boolean).join(" ");
    if (!seen) throw new Fault("Nothing to write: press what you saw, or use your own words.");
    if (!value("by")) throw new Fault("Say under which call sign you write.");
    const pictures = await this.taken();
    const where = this.where(value("place"), value("position"), value("known"));
    const collateral = this.part<HTMLInputElement>("[name=collateral]")?.checked ?? false;
    const digests = pictures.map((each) => each.digest);
    return [{ by: value("by"), seen, ...where, collateral, pictures: digests }, pictures];
  }

  private where(place: string, position: string, known: string): Pick<Said, "place" | "latitude" | "longitude"> {
    if (known && !place && !position) {
      const [latitude = "", longitude = "", ...name] = known.split(" ");
      return { place: name.join(" "), latitude: latitude.replace(",", ""), longitude };
    }
    if (!position) return { place, latitude: "", longitude: "" };
    const [, latitude = "", longitude = ""] = POSITION.exec(position) ?? [];
    if (!latitude || Math.abs(Number(latitude)) > 90 || Math.abs(Number(longitude)) > 180)
      throw new Fault("That is no position: give latitude, longitude in degrees, as 51.8787, -0.4200.");
    return { place, latitude, longitude };
  }

  /** The picture that was chosen, with its digest as it was taken. */
  private async taken(): Promise<Picture[]> {
    const file = this.field("picture")?.files?.[0];
    if (!file) return [];
    if (file.size > MOST) throw new Fault("That picture is too large: 12 MB at most.");
    const bytes = await file.arrayBuffer();
    const content = new Blob([bytes], { type: file.type });
    return [{ operation: this.history.operation, digest: await digestOf(bytes), content }];
  }

  /** Nothing of a line stands for the next one but the call sign: an old place would be false evidence. */
  private empty(): void {
    for (const name of ["seen", "place", "position", "known", "picture"]) {
      const field = this.field(name);
      if (field) field.value = "";
    }
    const collateral = this.part<HTMLInputElement>("[name=collateral]");
    if (collateral) collateral.checked = false;
  }

  /** Send what waits; one at a time, and once more if something was written meanwhile. */
  private async sync(): Promise<void> {
    while (this.busy) await this.busy;
    this.busy = this.send().finally(() => (this.busy = null));
    await this.busy;
  }

  private async send(): Promise<void> {
    try {
      const { device } = await this.history.device();
      const state = await stateOf(this.url, device);
      await this.history.confirm(state.head);
      const fault = await this.sendWaiting(state.csrf);
      const late = await this.sendPictures(state.csrf);
      await this.showWaiting();
      const waits = (await this.history.waiting()).length;
      this.showFault(fault);
      if (fault) this.tell(`Not taken: ${fault}. ${count(waits, "line")} ${waits === 1 ? "waits" : "wait"} on this device.`);
      else this.tell(late || `All lines are with the desk${state.live ? "" : `; ${state.state}`}.`);
      await this.showLast();
    } catch (problem) {
      await this.unreached(problem instanceof SignedOut ? "Sign in again to send them" : "The desk cannot be reached");
    }
  }

  private async sendWaiting(csrf: string): Promise<string> {
    for (;;) {
      const waiting = (await this.history.waiting()).slice(0, AT_ONCE);
      if (!waiting.length) return "";
      const { fault, head } = await sendLines(this.url, csrf, waiting);
      if (head) await this.history.confirm(head);
      const left = (await this.history.waiting())[0];
      if (fault || left?.seal === waiting[0]?.seal) return fault || "the desk holds another history of this device";
    }
  }

  /** Pictures follow their lines; what is said if one was not taken. */
  private async sendPictures(csrf: string): Promise<string> {
    const waiting = new Set((await this.history.waiting()).flatMap((each) => each.pictures));
    for (const each of await this.history.pictures()) {
      if (waiting.has(each.digest)) continue;
      try {
        await sendPicture(this.url, csrf, each);
        await this.history.handedOver(each);
      } catch {
        return "All lines are with the desk; a picture waits on this device.";
      }
    }
    return "";
  }

  private async unreached(why = "The desk cannot be reached"): Promise<void> {
    const many = (await this.history.waiting()).length;
    await this.showWaiting();
    if (!many) this.tell(`${why}; lines will wait on this device.`);
    else this.tell(`${why}: ${count(many, "line")} ${many === 1 ? "waits" : "wait"} on this device; nothing is lost.`);
  }

  private showFault(fault: string): void {
    const buttons = this.part<HTMLElement>("[data-observing-fault]");
    if (buttons) buttons.hidden = !fault;
  }

  /** The refused line goes back into the form; those after it keep their times in another history. */
  private async mend(): Promise<void> {
    while (this.busy) await this.busy;
    const line = await this.history.mend();
    const seen = this.field("seen");
    const place = this.field("place");
    if (line && seen) seen.value = `${line.seen} (seen at ${line.at.slice(11, 19)})`;
    if (line && place) place.value = line.place;
    this.showFault("");
    await this.showWaiting();
    await this.sync();
    seen?.focus();
  }

  private async showWaiting(): Promise<void> {
    const section = this.part<HTMLElement>("[data-observing-waiting]");
    const waiting = await this.history.waiting();
    if (!section) return;
    section.hidden = !waiting.length;
    section.querySelector("ol")?.replaceChildren(...waiting.toReversed().map(shown));
  }

  private async showLast(): Promise<void> {
    const last = document.querySelector("[data-observing-last]");
    if (last) last.replaceChildren(await lastLines(this.url));
  }

  /** Where this device is, asked for by a press alone. */
  private offerPosition(): void {
    const button = this.part<HTMLButtonElement>("[data-observing-where]");
    const field = this.field("position");
    if (!button || !field || !("geolocation" in navigator)) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      this.tell("Looking for the position of this device ...");
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          field.value = `${coords.latitude.toFixed(5)}, ${coords.longitude.toFixed(5)}`;
          this.tell(`Position found, to ${Math.round(coords.accuracy)} m.`);
        },
        () => this.tell("This device does not say where it is: write the place."),
        { enableHighAccuracy: true, timeout: 15_000, maximumAge: 10_000 },
      );
    });
  }
}

function shown(line: Line): HTMLElement {
  const item = document.createElement("li");
  const time = document.createElement("b");
  time.className = "mono";
  time.textContent = `${line.at.slice(11, 19)} `;
  const words = document.createElement("span");
  words.dir = "auto";
  words.textContent = [line.by, line.seen, line.place].filter(Boolean).join(" · ");
  item.append(time, words);
  return item;
}

/** Put the bare form with its styles and scripts where the service worker finds it; it says nothing of the desk. */
async function keepShell(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register("/operations/keeper.js", { scope: "/operations/" });
  const loaded = performance.getEntriesByType("resource").map((each) => new URL(each.name).pathname);
  const wanted = new Set([SHELL, ...loaded.filter((each) => each.startsWith("/static/built/") && each !== keeper)]);
  const cache = await caches.open(CACHE);
  await cache.addAll([...wanted]);
  for (const each of await cache.keys()) if (!wanted.has(new URL(each.url).pathname)) await cache.delete(each);
}

export async function startObserving(): Promise<void> {
  const form = document.querySelector<HTMLFormElement>("form[data-observing]");
  if (!form || !window.isSecureContext || !("indexedDB" in window)) return;
  const url = form.dataset["observing"] || location.pathname.replace(/\/live$/, "");
  const operation = form.dataset["operation"] || (url.split("/").at(-1) ?? "");
  if (!ID.test(operation)) return;
  await new Observing(form, url, await History.open(operation)).start();
  if (form.dataset["operation"]) await keepShell().catch(() => undefined);
  form.dataset["observingKept"] = "yes";
}
