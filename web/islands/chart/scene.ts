/** The chart as a whole: what the pointer, the keys, the menus and the toolbar act on. */
import type { ChartData, ChartPlace, ChartSettings } from "../types";
import { History } from "./history";
import { Labels } from "./labels";
import { Layout } from "./layout";
import { type Form, isForm } from "./layout-work";
import { Network, type Place, seeded } from "./network";
import { Panel } from "./panel";
import { readPalette } from "./palette";
import type { Source } from "./source";
import { turn } from "./turns";
import { View } from "./view";

export class Scene {
  readonly network: Network;
  readonly view: View;
  readonly labels: Labels;
  readonly layout: Layout;
  readonly history: History;
  readonly panel: Panel;
  /** Nobody moves by himself while it is locked, except who is new. */
  locked = true;
  /** How everybody is arranged. */
  form: Form = "force";
  private readonly listeners: (() => void)[] = [];

  constructor(
    readonly host: HTMLElement,
    readonly canvas: HTMLElement,
    readonly says: HTMLElement,
    readonly source: Source,
  ) {
    this.network = new Network(readPalette(host));
    this.view = new View(this.network, canvas);
    this.labels = new Labels(this.network, this.view);
    this.layout = new Layout(this.network, (done) => this.moved(done));
    this.history = new History(() => this.changed());
    this.panel = new Panel(this.network, source);
  }

  /** Be told of every change of what shows or is selected. */
  listen(listener: () => void): void {
    this.listeners.push(listener);
  }

  changed(): void {
    for (const each of this.listeners) each();
  }

  say(words: string): void {
    this.says.textContent = words;
  }

  /** What the first picture needs, a piece at a time; nothing is drawn yet. */
  private async prepare(): Promise<void> {
    const { width, height } = this.view.getDimensions();
    this.network.area = width * height;
    this.network.restyle();
    await turn();
    await this.view.takeOver();
    this.labels.rank();
    await turn();
  }

  /** Put on what the page is of; it can be drawn then. */
  begin(data: ChartData): Promise<void> {
    const { network } = this;
    const radius = 12 * Math.sqrt(data.nodes.length);
    const kept = new Map(data.places?.map(({ id, x, y }) => [id, { x, y }]));
    return this.view.beginning(async () => {
      await network.fill(data, (id) => kept.get(id) ?? seeded(id, radius));
      for (const id of [...this.source.ids, ...data.asked]) if (network.graph.hasNode(id)) network.asked.add(id);
      if (data.places) this.restore(data.places, data.settings);
      await this.prepare();
    });
  }

  /** A saved chart as it was left. */
  private restore(places: readonly ChartPlace[], settings?: ChartSettings): void {
    const { network } = this;
    for (const { id, pinned, hidden } of places) {
      if (!network.graph.hasNode(id)) continue;
      network.node(id).pinned = pinned;
      if (hidden) network.away.add(id);
    }
    for (const each of settings?.offSchemata ?? []) network.offSchemata.add(each);
    for (const each of settings?.offProps ?? []) network.offProps.add(each);
    if (settings && isForm(settings.layout)) this.form = settings.layout;
  }

  /** Draw anew after a change of what shows, is selected or is coloured. */
  redraw(): void {
    const { width, height } = this.view.getDimensions();
    this.network.area = width * height;
    this.network.restyle();
    this.labels.rank();
    this.view.repaint();
    this.changed();
  }

  private moved(done: boolean): void {
    if (done && !this.view.getCustomBBox()) this.view.fit(false);
    else this.view.replace();
  }

  /** Settle everybody who is not pinned, and show the whole. */
  async settle(): Promise<void> {
    const { width, height } = this.view.room();
    const share = Math.min(1, 0.3 + this.network.graph.order / 30); // a few stay close together
    this.view.setCustomBBox(null);
    this.say("arranging…");
    this.view.arranging = true;
    await this.layout.whole({ width: width * share, height: height * share }, this.form);
    this.view.arranging = false;
    this.view.scheduleRender();
    this.counted();
  }

  /** Say what shows. */
  counted(): void {
    const { graph } = this.network;
    const nodes = this.network.showing().length;
    const links = graph.reduceEdges((sum, _, link) => sum + (link.hidden ? 0 : 1), 0);
    const words = (many: number, one: string): string =>
      `${many.toLocaleString("en-GB")} ${one}${many === 1 ? "" : "s"}`;
    const apart = graph.order - nodes;
    this.say(`${words(nodes, "subject")}, ${words(links, "link")}${apart ? `; ${words(apart, "subject")} hidden` : ""}`);
  }

  select(ids: Iterable<string>, more = false): void {
    const { chosen } = this.network;
    this.network.chosenLink = null;
    const wanted = [...ids];
    if (!more) chosen.clear();
    for (const id of wanted) {
      if (more && wanted.length === 1 && chosen.has(id)) chosen.delete(id);
      else chosen.add(id);
    }
    this.selected();
  }

  selectLink(id: string | null): void {
    this.network.chosen.clear();
    this.network.chosenLink = id;
    this.selected();
  }

  private selected(): void {
    this.redraw();
    this.panel.follow();
    const { chosen, chosenLink } = this.network;
    if (chosenLink) {
      const { about } = this.network.link(chosenLink);
      const end = (id: string): string => this.network.node(id).about.label;
      const mark = about.denied ? " (denied)" : about.alleged ? " (alleged)" : "";
      this.say(`${end(about.source)} ${about.words} ${end(about.target)}${mark}`);
    } else if (chosen.size === 1) {
      const [id] = chosen;
      const { about, touched } = this.network.node(id!);
      this.say(`${about.label}, ${touched} link${touched === 1 ? "" : "s"}`);
    } else if (chosen.size) this.say(`${chosen.size} selected`);
    else this.counted();
  }

  /** The one selected subject, or else the first of several. */
  get one(): string | undefined {
    const [id] = this.network.chosen;
    return id;
  }

  /** Where a subject is on the canvas. */
  spot(id: string): Place {
    return this.view.graphToViewport(this.network.node(id));
  }
}
