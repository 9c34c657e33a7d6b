/** The contracts between the server's JSON and the islands; described in web/README.md. */

/** A date of honest precision, as the ledger writes it: "1989", "1989-03", "1989-03-05", "1989-03-05T12:40", or "". */
export type Partial = string;

export interface ChartNode {
  id: string;
  label: string;
  schema: string;
  standing: "registered" | "text";
  reports: number;
  origins: number;
}

export interface ChartLink {
  id: string;
  source: string;
  target: string;
  prop: string;
  words: string;
  reverse: string;
  count: number;
  origins: number;
  denied: boolean;
  alleged: boolean;
  first: Partial;
  last: Partial;
  moments: Partial[];
}

export interface ChartData {
  nodes: ChartNode[];
  links: ChartLink[];
  /** Whom it is of. */
  asked: string[];
  /** Of a saved chart: where everybody was put. */
  places?: ChartPlace[];
  settings?: ChartSettings;
}

export interface ChartPlace {
  id: string;
  x: number;
  y: number;
  pinned: boolean;
  hidden: boolean;
}

/** How a saved chart was looked at. */
export interface ChartSettings {
  layout: string;
  /** Kinds of subject and of link that the legend leaves out. */
  offSchemata: string[];
  offProps: string[];
}

export interface CountGroup {
  prop: string;
  words: string;
  schema: string;
  count: number;
}

export interface MapPlace {
  id: string;
  label: string;
  latitude: number;
  longitude: number;
  count: number;
  moments: Partial[];
  href: string;
}

export interface TimelineEvent {
  id: string;
  lane: string;
  start: Partial;
  end: Partial;
  precision: "year" | "month" | "day" | "minute";
  label: string;
  href: string;
  learnt: string;
}

export interface TimelineData {
  lanes: { id: string; label: string }[];
  events: TimelineEvent[];
}

export interface HistogramData {
  bins: { start: Partial; count: number }[];
}

/** Days since 1970, both ends included; null: all time. */
export type Days = readonly [number, number] | null;

export type Mount = (host: HTMLElement) => Promise<void> | void;
