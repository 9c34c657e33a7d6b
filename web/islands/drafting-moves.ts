/** By keyboard through the sentences that are not green: `n` and `p` beside the text, Alt and the arrows from within it. */

const inField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches("textarea, select, input:not([type=checkbox], [type=file])");

function step(panel: HTMLElement, by: 1 | -1): HTMLElement | null {
  const lines = [...panel.querySelectorAll<HTMLElement>(".gate-line:not(.green)")];
  if (!lines.length) return null;
  const here = document.activeElement?.closest<HTMLElement>(".gate-line") ?? panel.querySelector<HTMLElement>(".gate-line.here");
  const after = (line: HTMLElement): boolean =>
    !here || Boolean(here.compareDocumentPosition(line) & Node.DOCUMENT_POSITION_FOLLOWING);
  const before = (line: HTMLElement): boolean =>
    !here || Boolean(here.compareDocumentPosition(line) & Node.DOCUMENT_POSITION_PRECEDING);
  const next = by > 0 ? (lines.find(after) ?? lines[0]) : (lines.findLast(before) ?? lines.at(-1));
  here?.classList.remove("here");
  if (!next) return null;
  next.classList.add("here");
  next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  return next;
}

const ROOM_PATIENCE = 1500;

export function startMoving(form: HTMLFormElement, panel: HTMLElement, goTo: (line: HTMLElement) => void): void {
  let goesToRoom = -ROOM_PATIENCE;
  document.addEventListener(
    "keydown",
    (event) => {
      const within = inField(event.target);
      if (!within && event.timeStamp - goesToRoom < ROOM_PATIENCE) {
        goesToRoom = -ROOM_PATIENCE;
        return;
      }
      if (!within && event.key === "g") goesToRoom = event.timeStamp;
      if ((event.ctrlKey || event.metaKey) && event.key === "s") {
        form.querySelector<HTMLButtonElement>("button[value=save]")?.click();
      } else if (within && event.altKey && event.key === "ArrowDown") step(panel, 1);
      else if (within && event.altKey && event.key === "ArrowUp") step(panel, -1);
      else if (within || event.ctrlKey || event.metaKey || event.altKey) return;
      else if (event.key === "n") step(panel, 1);
      else if (event.key === "p") step(panel, -1);
      else if (event.key === "e") {
        const here = document.activeElement?.closest<HTMLElement>(".gate-line");
        if (here) goTo(here);
        else form.querySelector<HTMLElement>("[data-drafting-text]")?.focus();
      } else return;
      event.preventDefault();
      event.stopPropagation();
    },
    { capture: true },
  );
}
