/** What every page loads: htmx, the keyboard, cards, sheets; islands only where a page has them. */
import "htmx.org/dist/htmx.esm.js";
import { startCards } from "./cards";
import { startFolds, startTheme } from "./frame";
import { startKeyboard } from "./keyboard";
import { startSheets } from "./sheets";
import type { Mount } from "./types";

const islands: Record<string, () => Promise<{ mount: Mount }>> = {
  chart: () => import("./chart"),
  map: () => import("./map"),
  timeline: () => import("./timeline"),
  histogram: () => import("./histogram"),
};

function showProblem(host: HTMLElement, problem: unknown): void {
  const note = document.createElement("p");
  note.className = "island-note error";
  const why = problem instanceof Error ? problem.message : String(problem);
  note.textContent = `This drawing could not be made (${why}). The table on this page shows the same.`;
  host.replaceChildren(note);
}

function mountIslands(root: ParentNode): void {
  for (const host of root.querySelectorAll<HTMLElement>("[data-island]:not([data-mounted])")) {
    const load = islands[host.dataset["island"] ?? ""];
    if (!load) continue;
    host.dataset["mounted"] = "loading";
    load()
      .then(({ mount }) => mount(host))
      .then(() => (host.dataset["mounted"] = "yes"))
      .catch((problem: unknown) => {
        host.dataset["mounted"] = "failed";
        showProblem(host, problem);
      });
  }
}

startTheme();
startFolds();
startKeyboard();
startCards();
startSheets(document);
mountIslands(document);
if (document.querySelector("form[data-observing]")) void import("./observing").then((each) => each.startObserving());
if (document.querySelector("form[data-boxing]")) void import("./boxing").then((each) => each.startBoxing());
if (document.querySelector("form[data-drafting], [data-drafted]")) void import("./drafting").then((each) => each.startDrafting());
document.addEventListener("htmx:load", (event) => {
  if (event.target instanceof Element) {
    startSheets(event.target);
    mountIslands(event.target);
  }
});
