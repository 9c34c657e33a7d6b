/** The `?` panel: what the keys do on this very page, read off the page itself. */

type Line = readonly [string, string];

function wordsOf(button: Element): string {
  const copy = button.cloneNode(true) as Element;
  copy.querySelectorAll("kbd").forEach((kbd) => kbd.remove());
  return copy.textContent?.trim() ?? "";
}

function offered(): Line[] {
  const lines: Line[] = [["/", "trace: is this known to us?"]];
  if (document.querySelector("[data-rows] > *")) {
    lines.push(["j k", "next, previous row"], ["o", "open the row"], ["x", "choose the row"]);
  }
  const seen = new Set<string>();
  for (const button of document.querySelectorAll<HTMLElement>("[data-key]")) {
    const key = button.dataset["key"] ?? "";
    if (!seen.has(key)) lines.push([key, wordsOf(button)]);
    seen.add(key);
  }
  if (seen.size) lines.push([".", "the last of these again"]);
  for (const room of document.querySelectorAll<HTMLElement>("[data-room-key]")) {
    lines.push([`g ${room.dataset["roomKey"] ?? ""}`, `go to ${wordsOf(room)}`]);
  }
  lines.push(["Esc", "leave the field, close what is open"], ["?", "this list"]);
  return lines;
}

function line([keys, words]: Line): DocumentFragment {
  const term = document.createElement("dt");
  for (const key of keys.split(" ")) {
    const kbd = document.createElement("kbd");
    kbd.textContent = key;
    term.append(kbd, " ");
  }
  const meaning = document.createElement("dd");
  meaning.textContent = words;
  const both = document.createDocumentFragment();
  both.append(term, meaning);
  return both;
}

let before: HTMLElement | null = null;

function close(): void {
  const panel = document.getElementById("help");
  if (!panel || panel.hidden) return;
  panel.hidden = true;
  before?.focus();
}

/** Open the panel, or close it if it is open. */
export function asks(): void {
  const panel = document.getElementById("help");
  if (!panel) return;
  if (!panel.hidden) return close();
  panel.querySelector("[data-help-list]")?.replaceChildren(...offered().map(line));
  before = document.activeElement instanceof HTMLElement ? document.activeElement : null;
  panel.hidden = false;
  panel.focus();
}

export function startHelp(): void {
  for (const opener of document.querySelectorAll<HTMLElement>("[data-help-open]")) {
    opener.hidden = false;
    opener.addEventListener("click", asks);
  }
  document.querySelector("[data-help-close]")?.addEventListener("click", close);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
}
