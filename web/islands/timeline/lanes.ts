/** Events in their lanes, by the time that is asked for. */
import { daysOf, spanOf, within } from "../time";
import type { Days, TimelineData, TimelineEvent } from "../types";
import type { Span } from "../time";

/** Which of the two times. */
export type Time = "true" | "learnt";

export interface Item {
  event: TimelineEvent;
  days: Span;
  /** When in days since 1970; with the time of day if that is known. */
  at: number;
  /** Known to the month or year only. */
  vague: boolean;
}

export interface Lane {
  id: string;
  label: string;
  items: readonly Item[];
  /** From how many days on a silence is worth a word. */
  unusual: number;
}

const SHORTEST = 7;
const TIMES_USUAL = 4;
const CLOCK = /T(\d{2}):(\d{2})/;

function itemOf(event: TimelineEvent, time: Time): Item | null {
  const days = time === "true" ? spanOf(event.start, event.end) : daysOf(event.learnt);
  if (!days) return null;
  const clock = CLOCK.exec(time === "true" ? event.start : event.learnt);
  const share = clock ? (Number(clock[1]) * 60 + Number(clock[2])) / 1440 : 0.5;
  const vague = time === "true" && (event.precision === "year" || event.precision === "month");
  return { event, days, at: days[0] + share, vague };
}

/** The dated events of every lane in order of time. */
export function lanesOf(data: TimelineData, time: Time): Lane[] {
  const byLane = new Map<string, Item[]>(data.lanes.map(({ id }) => [id, []]));
  for (const event of data.events) {
    const item = itemOf(event, time);
    if (item) byLane.get(event.lane)?.push(item);
  }
  return data.lanes.map(({ id, label }) => {
    const items = byLane.get(id)!.sort((a, b) => a.at - b.at);
    return { id, label, items, unusual: unusualSilence(items) };
  });
}

/** The same lanes with what may have been within the range. Silences are judged by the whole lane. */
export function lanesWithin(lanes: readonly Lane[], range: Days): readonly Lane[] {
  if (!range) return lanes;
  return lanes.map((lane) => ({ ...lane, items: lane.items.filter(({ days }) => within(days, range)) }));
}

/** Four times the lane's usual silence, and at least a week; with fewer than three days there is no usual. */
function unusualSilence(items: readonly Item[]): number {
  const days = [...new Set(items.filter(({ vague }) => !vague).map((item) => item.days[0]))];
  const silences = days
    .slice(1)
    .map((day, at) => day - days[at]!)
    .sort((a, b) => a - b);
  if (silences.length < 2) return Infinity;
  return Math.max(SHORTEST, TIMES_USUAL * silences[(silences.length - 1) >> 1]!);
}
