/** The legend, which filters: schemata by shape and colour, kinds of link by their line. */
import type { Acts } from "./acts";
import type { NodeData } from "./network";
import { kindOf, SCHEMATA } from "./kinds";
import type { Scene } from "./scene";

const SVG = "http://www.w3.org/2000/svg";

interface Entry {
  key: string;
  words: string;
  count: number;
  drawing: SVGElement;
  off: Set<string>;
}

function drawing(inner: Record<string, string>, tag: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 12 12");
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(inner)) shape.setAttribute(name, value);
  svg.append(shape);
  return svg;
}

function rowOf(): HTMLElement {
  const row = document.createElement("div");
  row.className = "legend";
  return row;
}

export class Legend {
  readonly element = document.createElement("div");
  private readonly rows = [rowOf(), rowOf()] as const;
  private painted = "";

  constructor(
    private readonly scene: Scene,
    private readonly acts: Acts,
  ) {
    this.element.setAttribute("role", "group");
    this.element.setAttribute("aria-label", "What shows on the chart");
    this.element.append(...this.rows);
  }

  /** Rebuild from what is on the chart; the focus stays on its entry. */
  refresh(): void {
    const [nodes, links] = [this.nodes(), this.links()];
    const state = [...nodes, ...links].map(({ key, count, off }) => `${key}${count}${off.has(key)}`).join();
    const focused = this.element.contains(document.activeElement) && document.activeElement?.getAttribute("data-entry");
    if (state === this.element.dataset["state"] && !this.themeChanged()) return;
    this.element.dataset["state"] = state;
    this.rows[0].replaceChildren(...nodes.map((each) => this.button(each)), this.key());
    this.rows[1].replaceChildren(...links.map((each) => this.button(each)));
    if (focused) this.element.querySelector<HTMLElement>(`[data-entry="${CSS.escape(focused)}"]`)?.focus();
  }

  private themeChanged(): boolean {
    const before = this.painted;
    this.painted = this.scene.network.palette.paper;
    return before !== this.painted;
  }

  private nodes(): Entry[] {
    const { graph, offSchemata, palette, away } = this.scene.network;
    const counts = new Map<string, number>();
    graph.forEachNode((id, { about }: NodeData) => {
      if (!away.has(id)) counts.set(about.schema, (counts.get(about.schema) ?? 0) + 1);
    });
    const known = [...counts.keys()].sort((a, b) => SCHEMATA.indexOf(a) - SCHEMATA.indexOf(b));
    return known.map((schema) => {
      const { name, words, path } = kindOf(schema);
      const shape = drawing({ d: path, fill: palette.kind(name) }, "path");
      return { key: schema, words, count: counts.get(schema)!, drawing: shape, off: offSchemata };
    });
  }

  private links(): Entry[] {
    const { graph, offProps } = this.scene.network;
    const kinds = new Map<string, { words: string; count: number }>();
    graph.forEachEdge((_, { about }) => {
      const known = kinds.get(about.prop);
      if (known) known.count++;
      else kinds.set(about.prop, { words: about.words, count: 1 });
    });
    const sorted = [...kinds].sort(([, a], [, b]) => b.count - a.count);
    return sorted.map(([prop, { words, count }]) => {
      const line = drawing({ d: "M0 6h12", stroke: this.scene.network.palette.link, "stroke-width": "1.6" }, "path");
      return { key: prop, words, count, drawing: line, off: offProps };
    });
  }

  private button({ key, words, count, drawing: picture, off }: Entry): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset["entry"] = key;
    button.setAttribute("aria-pressed", String(!off.has(key)));
    button.title = off.has(key) ? `Show ${words}` : `Leave out ${words}`;
    const number = document.createElement("span");
    number.className = "quiet";
    number.textContent = count.toLocaleString("en-GB");
    button.append(picture, words, number);
    button.addEventListener("click", () => this.acts.leaveOut(off, key, !off.has(key)));
    return button;
  }

  /** How to read lines and rings. */
  private key(): HTMLElement {
    const { palette } = this.scene.network;
    const line = (stroke: string, dash: string): SVGSVGElement =>
      drawing({ d: "M0 6h12", stroke, "stroke-width": "1.8", "stroke-dasharray": dash }, "path");
    const ring = { cx: "6", cy: "6", r: "4.4", fill: "none", stroke: palette.quiet, "stroke-width": "1.6" };
    const items: [SVGSVGElement, string][] = [
      [drawing(ring, "circle"), "only named in reports"],
      [line(palette.claim, "3.4 2"), "alleged"],
      [line(palette.denied, "4.6 2"), "denied"],
    ];
    const all = document.createElement("span");
    all.className = "quiet";
    all.style.cssText = "display:inline-flex;flex-wrap:wrap;align-items:center;gap:4px 12px;padding:0 7px";
    for (const [picture, words] of items) {
      const item = document.createElement("span");
      item.style.cssText = "display:inline-flex;align-items:center;gap:5px";
      item.append(picture, words);
      all.append(item);
    }
    return all;
  }
}
