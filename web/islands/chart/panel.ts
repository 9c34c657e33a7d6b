/** The side panel: which reports the selection rests on, in the server's words. */
import type { Network } from "./network";
import type { Source } from "./source";

const PATIENCE = 110;
const MOST = 30;
/** Of a single subject, the best supported links. */
const LINKS = 8;

export class Panel {
  private readonly host = document.querySelector<HTMLElement>("[data-chart-panel]");
  private readonly empty = this.host?.innerHTML ?? "";
  private waiting = 0;
  private asking: AbortController | null = null;
  private shown = "";

  constructor(
    private readonly network: Network,
    private readonly source: Source,
  ) {}

  /** After the hand has rested: arrow keys pass over many. */
  follow(): void {
    window.clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => void this.load(), PATIENCE);
  }

  private wanted(ids: readonly string[]): Record<string, string> {
    const { chosenLink, graph } = this.network;
    if (chosenLink) return { link: chosenLink };
    const [only] = ids;
    if (ids.length !== 1 || only === undefined) return { ids: ids.join(",") };
    const links = graph.mapEdges(only, (_, link) => link).filter((link) => !link.hidden);
    links.sort((a, b) => b.about.origins - a.about.origins || b.about.count - a.about.count);
    return { ids: only, link: links.slice(0, LINKS).map(({ about }) => about.id).join(",") };
  }

  private async load(): Promise<void> {
    const { chosen, chosenLink } = this.network;
    const ids = [...chosen].slice(0, MOST);
    const key = chosenLink ? `link ${chosenLink}` : ids.join();
    if (!this.host || key === this.shown) return;
    this.asking?.abort();
    this.asking = new AbortController();
    this.shown = key;
    if (!key) return void (this.host.innerHTML = this.empty);
    try {
      this.host.innerHTML = await this.source.explained(this.wanted(ids), this.asking.signal);
      if (chosen.size > MOST) this.host.append(note(`and ${chosen.size - MOST} more`));
      this.host.scrollTop = 0;
    } catch (problem) {
      if (problem instanceof DOMException && problem.name === "AbortError") return;
      this.shown = "";
      const why = problem instanceof Error ? problem.message : String(problem);
      this.host.replaceChildren(note(`The reports behind this could not be read (${why}). Select it again to retry.`));
    }
  }
}

function note(words: string): HTMLElement {
  const line = document.createElement("p");
  line.className = "quiet";
  line.textContent = words;
  return line;
}
