/**
 * One keyboard for every page: `/` trace, `g` + letter to a room, `j k` in lists, `o` open, `x` choose,
 * any letter of a `[data-key]` button, `.` the last of these again, `?` what this page offers. Esc leaves a field.
 */
import { asks, startHelp } from "./help";

const PATIENCE = 1500;
const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=range], [type=button])"));

let waitingForRoom = 0;
let lastKey = "";

export function rows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-rows] > *")].filter(
    (row) => row.offsetParent !== null && !row.querySelector(":scope > td[colspan]"),
  );
}

function current(): HTMLElement | null {
  const focused = document.activeElement?.closest<HTMLElement>("[data-rows] > *");
  return focused ?? document.querySelector<HTMLElement>("[data-rows] > .here");
}

export function move(step: number): void {
  const all = rows();
  const from = current();
  const at = from ? all.indexOf(from) : step > 0 ? -1 : all.length;
  const next = all[Math.max(0, Math.min(all.length - 1, at + step))];
  if (!next) return;
  from?.classList.remove("here");
  next.classList.add("here");
  next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function open(): boolean {
  const row = current();
  if (!row) return false;
  const url = row.dataset["url"];
  const link = row.querySelector<HTMLElement>("a[href], button");
  if (url) location.assign(url);
  else link?.click();
  return Boolean(url ?? link);
}

function choose(): void {
  const row = current();
  if (!row) return;
  const box = row.querySelector<HTMLInputElement>("input[type=checkbox]");
  if (box) box.click();
  row.classList.toggle("chosen", box ? box.checked : undefined);
}

/** The button for a key: in the focused form first, then in the current row, then anywhere on the page. */
function buttonFor(key: string): HTMLElement | null {
  const wanted = `[data-key="${CSS.escape(key)}"]:not([disabled])`;
  const near = document.activeElement?.closest("form") ?? current();
  return near?.querySelector<HTMLElement>(wanted) ?? document.querySelector<HTMLElement>(wanted);
}

function goToRoom(key: string): void {
  document.querySelector<HTMLElement>(`[data-room-key="${CSS.escape(key)}"]`)?.click();
}

function focusTrace(): void {
  const box = document.querySelector<HTMLInputElement>("[data-trace]");
  box?.focus();
  box?.select();
}

function act(key: string): boolean {
  if (key === "j" && rows().length) move(1);
  else if (key === "k" && rows().length) move(-1);
  else if (key === "x") choose();
  else if (key === "o" || key === "Enter") return open();
  else {
    const button = buttonFor(key);
    if (!button) return false;
    button.click();
  }
  return true;
}

function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (typing(event.target)) {
    if (event.key === "Escape") (event.target as HTMLElement).blur();
    traceArrows(event);
    return;
  }
  const { key } = event;
  if (waitingForRoom > event.timeStamp) {
    waitingForRoom = 0;
    goToRoom(key);
  } else if (key === "g") waitingForRoom = event.timeStamp + PATIENCE;
  else if (key === "/") focusTrace();
  else if (key === "?") asks();
  else if (key === "Enter" && !isRow(event.target)) return;
  else if (key === ".") {
    if (!lastKey || !act(lastKey)) return;
  } else if (key.length === 1 || key === "Enter") {
    if (!act(key)) return;
    if (!"jko".includes(key) && key !== "Enter") lastKey = key;
  } else return;
  event.preventDefault();
}

const isRow = (target: EventTarget | null): boolean => target instanceof Element && target.matches("[data-rows] > *");

/** Down from the trace box into its results, which are links and take the arrows from there. */
function traceArrows(event: KeyboardEvent): void {
  if (event.key !== "ArrowDown" || !(event.target as Element).matches("[data-trace]")) return;
  const first = document.querySelector<HTMLElement>("#trace-live a");
  if (!first) return;
  first.focus();
  event.preventDefault();
}

function resultArrows(event: KeyboardEvent): void {
  if (event.defaultPrevented) return;
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const links = [...document.querySelectorAll<HTMLElement>("#trace-live a")];
  const at = links.indexOf(document.activeElement as HTMLElement);
  if (at < 0) return;
  const next = links[at + (event.key === "ArrowDown" ? 1 : -1)];
  (next ?? document.querySelector<HTMLElement>("[data-trace]"))?.focus();
  event.preventDefault();
}

export function startKeyboard(): void {
  startHelp();
  document.addEventListener("keydown", onKey);
  document.addEventListener("keydown", resultArrows);
}
