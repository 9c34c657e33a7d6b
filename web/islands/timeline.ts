/** The timeline island: lanes of events by when they were true or when they were learnt. */
import { brush } from "./brush";
import { loadJson, note } from "./time-load";
import { toolButton } from "./time-axis";
import { Board } from "./timeline/board";
import { type Lane, lanesOf, type Time } from "./timeline/lanes";
import type { Days, Mount, TimelineData } from "./types";

/** Fewer need no brush: they are seen at a glance. */
const WORTH_A_BRUSH = 12;

export const mount: Mount = async (host) => {
  const data = await loadJson<TimelineData>(host);
  const byTime = { true: lanesOf(data, "true"), learnt: lanesOf(data, "learnt") };
  if (!count(byTime.true) && !count(byTime.learnt)) {
    host.replaceChildren(note("Nothing here has a date yet; what gets one will be drawn here."));
    return;
  }
  let time: Time = count(byTime.true) ? "true" : "learnt";
  const says = document.createElement("span");
  says.className = "says";
  const still = (): string => standing(data, byTime[time]);
  const board = new Board(host, host.getAttribute("aria-label") ?? "Timeline", (words) => {
    says.textContent = words || still();
  });
  const times = timeSwitch(time, (chosen) => {
    time = chosen;
    show();
  });
  host.replaceChildren(tools(board, times, says), board.element);
  const moments = (): readonly Days[] => byTime[time].flatMap(({ items }) => items.map(({ days }) => days));
  const chooser =
    data.events.length >= WORTH_A_BRUSH ? brush(host, moments, (range) => board.showRange(range)) : null;
  const show = (): void => {
    board.show(byTime[time], time);
    chooser?.refresh();
    says.textContent = still();
  };
  show();
};

const count = (lanes: readonly Lane[]): number => lanes.reduce((sum, { items }) => sum + items.length, 0);

/** How many are drawn, and how many cannot be. */
function standing(data: TimelineData, lanes: readonly Lane[]): string {
  const drawn = count(lanes);
  const rest = data.events.length - drawn;
  const without = rest ? `; ${rest.toLocaleString("en-GB")} without a date` : "";
  return `${drawn.toLocaleString("en-GB")} ${drawn === 1 ? "event" : "events"}${without}`;
}

function timeSwitch(chosen: Time, choose: (time: Time) => void): HTMLElement[] {
  const make = (words: string, time: Time): HTMLButtonElement => {
    const made = toolButton(words, words, () => {
      for (const each of both) each.setAttribute("aria-pressed", String(each === made));
      choose(time);
    });
    made.setAttribute("aria-pressed", String(time === chosen));
    return made;
  };
  const both = [make("When true", "true"), make("When learnt", "learnt")];
  return both;
}

function tools(board: Board, times: readonly HTMLElement[], says: HTMLElement): HTMLElement {
  const made = document.createElement("div");
  made.className = "island-tools";
  made.append(
    ...times,
    toolButton("−", "Zoom out", () => board.zoomBy(0.5)),
    toolButton("+", "Zoom in", () => board.zoomBy(2)),
    toolButton("Whole", "The whole time", () => board.whole()),
    says,
  );
  return made;
}
