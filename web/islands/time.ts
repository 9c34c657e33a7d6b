/** Dates of honest precision as days since 1970, and days in words. Everything in UTC, as the ledger writes it. */
import type { Days, Partial } from "./types";

/** A stretch of days, both ends included. */
export type Span = readonly [number, number];

const DAY = 86_400_000;
const PARTIAL = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T.*)?)?)?$/;
const MONTHS = "January February March April May June July August September October November December".split(" ");

/** The number of the first day of a month; months beyond 12 lead into the next year. */
export function dayNumber(year: number, month = 1, day = 1): number {
  const moment = new Date(0);
  moment.setUTCFullYear(year, month - 1, day);
  return Math.round(moment.getTime() / DAY);
}

/** The days that a date may mean: a year is 365 of them; null if it is none. */
export function daysOf(text: Partial): Days {
  const found = PARTIAL.exec(text);
  if (!found) return null;
  const [year, month, day] = found.slice(1).map((part) => (part === undefined ? 0 : Number(part))) as [
    number,
    number,
    number,
  ];
  if (month > 12 || day > 31) return null;
  if (!month) return [dayNumber(year), dayNumber(year + 1) - 1];
  if (!day) return [dayNumber(year, month), dayNumber(year, month + 1) - 1];
  const only = dayNumber(year, month, day);
  return [only, only];
}

/** From the first day that the start may mean to the last that the end may mean; an empty end is the start. */
export function spanOf(start: Partial, end: Partial): Days {
  const from = daysOf(start) ?? daysOf(end);
  const until = daysOf(end) ?? from;
  return from && until && [Math.min(from[0], until[0]), Math.max(from[1], until[1])];
}

/** Year, month and day of a day's number. */
export function partsOf(day: number): { year: number; month: number; day: number } {
  const moment = new Date(day * DAY);
  return { year: moment.getUTCFullYear(), month: moment.getUTCMonth() + 1, day: moment.getUTCDate() };
}

/** "1989-03-05", as a date field wants it. */
export function isoOf(number: number): string {
  const { year, month, day } = partsOf(number);
  return [String(year).padStart(4, "0"), String(month).padStart(2, "0"), String(day).padStart(2, "0")].join("-");
}

/** "5 March 1989". */
export function inWords(number: number): string {
  const { year, month, day } = partsOf(number);
  return `${day} ${monthName(month)} ${year}`;
}

/** "1989", "March 1989", "5 March 1989, 12:40": no more than is known. */
export function partialInWords(text: Partial): string {
  const days = daysOf(text);
  if (!days) return text;
  const { year, month } = partsOf(days[0]);
  if (text.length === 4) return String(year);
  if (text.length === 7) return `${monthName(month)} ${year}`;
  const clock = /T(\d{2}:\d{2})/.exec(text)?.[1];
  return inWords(days[0]) + (clock ? `, ${clock}` : "");
}

/** "March"; short: "Mar". */
export function monthName(month: number, short = false): string {
  const name = MONTHS[month - 1] ?? "";
  return short ? name.slice(0, 3) : name;
}

/** Whether something may have been within the range; what has no date is there only if no range is chosen. */
export function within(moment: Days, range: Days): boolean {
  if (!range) return true;
  return moment !== null && moment[0] <= range[1] && moment[1] >= range[0];
}

/** "25 days", "7 weeks", "14 months", "31 years": a silence in words. */
export function lengthInWords(days: number): string {
  const [size, unit] =
    days < 50 ? [1, "day"] : days < 120 ? [7, "week"] : days < 730 ? [30.44, "month"] : [365.25, "year"];
  const many = Math.round(days / (size as number));
  return `${many.toLocaleString("en-GB")} ${unit}${many === 1 ? "" : "s"}`;
}
