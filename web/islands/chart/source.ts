/** What the chart asks the server for. */
import type { ChartData, CountGroup } from "../types";
import { TOGETHER } from "./network";

/** The subjects behind one kind of link, both directions counted as one. */
export interface Group {
  prop: string;
  schema: string;
  words: string;
  count: number;
}

async function read(url: string): Promise<Response> {
  const answer = await fetch(url, { headers: { accept: "application/json, text/html" } });
  if (answer.ok) return answer;
  throw new Error(answer.status === 401 || answer.status === 403 ? "please sign in again" : `answer ${answer.status}`);
}

export class Source {
  private readonly asked: URLSearchParams;

  constructor(private readonly src: string) {
    this.asked = new URL(src, location.href).searchParams;
  }

  get together(): boolean {
    return this.asked.get("together") === "yes";
  }

  /** Whom the page was asked for. */
  get ids(): string[] {
    return (this.asked.get("ids") ?? "").split(/[\s,]+/).filter(Boolean);
  }

  async whole(): Promise<ChartData> {
    return (await (await read(this.src)).json()) as ChartData;
  }

  async groups(id: string): Promise<Group[]> {
    const answer = await read(`/chart/counts?${new URLSearchParams({ id }).toString()}`);
    const { groups } = (await answer.json()) as { groups: CountGroup[] };
    const merged = new Map<string, Group & { ways: string[] }>();
    for (const { prop, schema, words, count } of groups) {
      const known = merged.get(`${prop} ${schema}`);
      if (!known) merged.set(`${prop} ${schema}`, { prop, schema, words, count, ways: [words] });
      else {
        known.count += count;
        if (!known.ways.includes(words)) known.words = [...known.ways, words].join(", ");
      }
    }
    return [...merged.values()];
  }

  /** What is around a subject, by one group or all, within the page's own time. */
  async around(id: string, group?: Group): Promise<ChartData> {
    const wanted = new URLSearchParams({ id });
    for (const name of ["since", "until"]) {
      const value = this.asked.get(name);
      if (value) wanted.set(name, value);
    }
    if (group) {
      wanted.set("prop", group.prop);
      wanted.set("schema", group.schema);
    }
    if (this.together || group?.prop === TOGETHER) wanted.set("together", "yes");
    return (await (await read(`/chart/expand?${wanted.toString()}`)).json()) as ChartData;
  }

  /** The server's own words about a selection: a fragment of the page, already escaped. */
  async explained(wanted: Record<string, string>, signal: AbortSignal): Promise<string> {
    const answer = await fetch(`/chart/explain?${new URLSearchParams(wanted).toString()}`, { signal });
    if (!answer.ok) throw new Error(`answer ${answer.status}`);
    return answer.text();
  }
}
