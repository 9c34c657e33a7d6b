/** The side panel: which reports the selection rests on, in the server's words. */
import type { Network } from "./network";
import type { Source } from "./source";

const PATIENCE = 110;
const MOST = 30;

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
      const wanted: Record<string, string> = chosenLink ? { link: chosenLink } : { ids: ids.join(",") };
      this.host.innerHTML = await this.source.explained(wanted, this.asking.signal);
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
