/** What one can do to the chart; everything that changes the picture can be undone. */
import { sayRange } from "../brush";
import type { Days } from "../types";
import { kindOf } from "./kinds";
import type { Form } from "./layout-work";
import { type Item, openMenu } from "./menu";
import { type Piece, type Place, seeded, TOGETHER } from "./network";
import type { Scene } from "./scene";
import type { Group } from "./source";

/** So many at once need no question. */
const FEW = 25;
const DAYS = "choose days";

const counted = (many: number, one: string): string => `${many.toLocaleString("en-GB")} ${one}${many === 1 ? "" : "s"}`;

export const groupWords = (group: Group): string => `${group.words}: ${kindOf(group.schema).words}`;

export class Acts {
  private undoing = false;

  constructor(private readonly scene: Scene) {}

  private get network() {
    return this.scene.network;
  }

  /** Counts first: few come at once, many are offered by group. */
  async expand(id: string): Promise<void> {
    const { scene } = this;
    scene.say(`counting what is around ${this.network.node(id).about.label}…`);
    try {
      const groups = await scene.source.groups(id);
      const total = this.total(groups);
      if (!groups.length) scene.say("there is nothing more around this subject");
      else if (total && total <= FEW) await this.bring(id);
      else openMenu(scene.canvas, scene.spot(id), `Around ${this.network.node(id).about.label}`, [
          this.all(id, groups),
          ...this.offers(id, groups),
        ]);
    } catch (problem) {
      scene.say(`could not expand: ${problem instanceof Error ? problem.message : String(problem)}`);
    }
  }

  /** Who is merely named together comes only if the page is of them, or if that group is asked for. */
  private total(groups: readonly Group[]): number {
    const counting = groups.filter(({ prop }) => prop !== TOGETHER || this.scene.source.together);
    return counting.reduce((sum, group) => sum + group.count, 0);
  }

  all(id: string, groups: readonly Group[]): Item {
    return { words: "Expand all", count: this.total(groups), act: () => void this.bring(id) };
  }

  offers(id: string, groups: readonly Group[]): Item[] {
    const weak = (group: Group): number => (group.prop === TOGETHER ? 1 : 0);
    const sorted = [...groups].sort((a, b) => weak(a) - weak(b) || b.count - a.count);
    return sorted.map((group, at) => ({
      words: groupWords(group),
      count: group.count,
      act: () => void this.bring(id, group),
      ...(at ? {} : { heading: "Expand by kind of link" }),
    }));
  }

  private async bring(id: string, group?: Group): Promise<void> {
    try {
      performance.mark("chart expands");
      this.put(id, await this.scene.source.around(id, group));
      performance.measure("chart expanded", "chart expands");
    } catch (problem) {
      this.scene.say(`could not expand: ${problem instanceof Error ? problem.message : String(problem)}`);
    }
  }

  private put(id: string, data: Piece): void {
    const { x, y } = this.network.node(id);
    const near = (each: string): Place => {
      const off = seeded(each, 60);
      const far = Math.hypot(off.x, off.y) || 1;
      return { x: x + off.x + (46 * off.x) / far, y: y + off.y + (46 * off.y) / far };
    };
    const added = this.network.add(data, near);
    const fresh = added.nodes.map((each) => each.id);
    const shown = data.nodes.map((each) => each.id).filter((each) => this.network.away.has(each));
    for (const each of shown) this.network.away.delete(each);
    if (!fresh.length && !added.links.length && !shown.length) {
      return this.scene.say("nothing new: all of it is on the chart");
    }
    this.scene.redraw();
    const words = `${counted(fresh.length + shown.length, "subject")} and ${counted(added.links.length, "link")} added`;
    let places = new Map<string, Place>();
    this.remember(
      "expand",
      () => {
        places = this.placesOf(fresh);
        this.network.drop(added);
        for (const each of shown) this.network.away.add(each);
      },
      () => {
        this.network.add(added, (each) => places.get(each) ?? near(each));
        for (const each of shown) this.network.away.delete(each);
      },
    );
    void this.scene.layout.only(fresh).then(() => this.scene.say(words));
  }

  private placesOf(ids: readonly string[]): Map<string, Place> {
    return new Map(
      ids.map((id) => {
        const { x, y } = this.network.node(id);
        return [id, { x, y }] as const;
      }),
    );
  }

  private remember(words: string, back: () => void, again: () => void): void {
    const after = (act: () => void) => (): void => {
      this.scene.layout.stop();
      act();
      this.scene.redraw();
    };
    this.scene.history.add({ words, back: after(back), again: after(again) });
  }

  hide(ids: Iterable<string>): void {
    const gone = [...ids].filter((id) => !this.network.away.has(id));
    if (!gone.length) return;
    const apply = (): void => {
      for (const id of gone) {
        this.network.away.add(id);
        this.network.chosen.delete(id);
      }
    };
    apply();
    this.remember("hide", () => gone.forEach((id) => this.network.away.delete(id)), apply);
    this.scene.select([]);
  }

  showHidden(): void {
    const back = [...this.network.away];
    if (!back.length) return;
    this.network.away.clear();
    this.remember(
      "show hidden",
      () => back.forEach((id) => this.network.away.add(id)),
      () => back.forEach((id) => this.network.away.delete(id)),
    );
    this.scene.redraw();
    this.scene.counted();
  }

  pin(ids: Iterable<string>, pinned: boolean): void {
    const those = [...ids].filter((id) => this.network.node(id).pinned !== pinned);
    if (!those.length) return;
    const apply = (value: boolean) => (): void => {
      for (const id of those) if (this.network.graph.hasNode(id)) this.network.node(id).pinned = value;
    };
    apply(pinned)();
    this.remember(pinned ? "pin" : "release", apply(!pinned), apply(pinned));
    this.scene.redraw();
  }

  releaseAll(): void {
    this.pin(
      this.network.graph.filterNodes((_, node) => node.pinned),
      false,
    );
  }

  /** After a drag: those moved stay where they were put. `before`: where they were, and whether pinned. */
  moved(before: ReadonlyMap<string, Place & { pinned: boolean }>): void {
    const after = new Map(
      [...before.keys()].map((id) => {
        const { x, y } = this.network.node(id);
        return [id, { x, y, pinned: true }] as const;
      }),
    );
    const put = (places: ReadonlyMap<string, Place & { pinned: boolean }>) => (): void => {
      for (const [id, place] of places) if (this.network.graph.hasNode(id)) Object.assign(this.network.node(id), place);
    };
    put(after)();
    this.remember("move", put(before), put(after));
    if (this.scene.locked) this.scene.redraw();
    else void this.scene.layout.whole({ width: 0, height: 0 }, this.scene.form).then(() => this.scene.redraw());
  }

  /** Locked: nobody moves. Unlocked: everybody not pinned finds a place anew, also after each move. */
  async lock(locked: boolean): Promise<void> {
    this.scene.locked = locked;
    this.scene.changed();
    if (locked) return this.scene.layout.stop();
    await this.arrange(this.scene.form);
  }

  /** Everybody not pinned finds a place anew, in that layout. */
  async arrange(form: Form): Promise<void> {
    const was = this.scene.form;
    this.scene.form = form;
    this.scene.changed();
    const everybody = this.network.graph.nodes();
    const before = this.placesOf(everybody);
    await this.scene.settle();
    const after = this.placesOf(everybody);
    const put = (kept: Map<string, Place>, as: Form) => (): void => {
      for (const [id, place] of kept) if (this.network.graph.hasNode(id)) Object.assign(this.network.node(id), place);
      this.scene.form = as;
      this.scene.view.fit(false);
    };
    this.remember("arrange", put(before, was), put(after, form));
  }

  /** Leave a kind of subject or link out, or bring it back: `off` is one of the network's sets. */
  leaveOut(off: Set<string>, kind: string, out: boolean): void {
    const apply = (leave: boolean) => (): void => {
      if (leave) off.add(kind);
      else off.delete(kind);
    };
    apply(out)();
    this.remember(out ? "leave out" : "show again", apply(!out), apply(out));
    this.scene.redraw();
    this.scene.counted();
  }

  /** Only the links of these days; a range that is dragged or played is one act. */
  within(range: Days): void {
    const was = this.network.range;
    this.network.range = range;
    this.scene.redraw();
    this.scene.counted();
    if (this.undoing) return;
    const again = this.saying(range);
    if (!this.scene.history.goOn(DAYS, again)) this.remember(DAYS, this.saying(was), again);
  }

  private saying(range: Days): () => void {
    return () => {
      this.undoing = true;
      sayRange(range);
      this.undoing = false;
    };
  }

  undo(): void {
    const step = this.scene.history.undo();
    this.scene.say(step ? `undone: ${step.words}` : "nothing to undo");
  }

  redo(): void {
    const step = this.scene.history.redo();
    this.scene.say(step ? `done again: ${step.words}` : "nothing to do again");
  }

  open(id: string): void {
    location.assign(`/subjects/${encodeURIComponent(id)}`);
  }
}
