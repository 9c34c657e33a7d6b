/** What the menus of a subject, a link and the background offer. */
import type { Acts } from "./acts";
import { type Item, openMenu } from "./menu";
import type { Place } from "./network";
import { takeable } from "./take";
import type { Scene } from "./scene";

export class Menus {
  constructor(
    private readonly scene: Scene,
    private readonly acts: Acts,
  ) {}

  /** The selection's menu, or else the background's: for the keyboard and the toolbar. */
  forSelection(): void {
    const { one, network, view } = this.scene;
    const { width, height } = view.getDimensions();
    if (one !== undefined) this.node(one, this.scene.spot(one));
    else if (network.chosenLink) this.link(network.chosenLink, { x: width / 2, y: height / 2 });
    else this.background({ x: width / 2 - 90, y: 12 });
  }

  /** At once with what is known here; the groups follow when they are counted. */
  node(id: string, at: Place): void {
    const { scene, acts } = this;
    if (!scene.network.chosen.has(id)) scene.select([id]);
    const title = scene.network.chosen.size > 1 ? `${scene.network.chosen.size} subjects` : this.name(id);
    openMenu(scene.canvas, at, title, [{ words: "Expand…", act: () => void acts.expand(id) }, ...this.common(id)]);
    if (scene.network.chosen.size > 1) return;
    const menu = scene.canvas.querySelector(".menu");
    void scene.source
      .groups(id)
      .then((groups) => {
        const untouched = menu?.isConnected && menu.querySelector("button") === document.activeElement;
        if (untouched) openMenu(scene.canvas, at, title, [acts.all(id, groups), ...this.common(id), ...acts.offers(id, groups)]);
      })
      .catch(() => scene.say("the links around this subject could not be counted"));
  }

  private name(id: string): string {
    return this.scene.network.node(id).about.label;
  }

  private common(id: string): Item[] {
    const { scene, acts } = this;
    const those = [...scene.network.chosen];
    const { pinned } = scene.network.node(id);
    return [
      { words: "Open the subject", act: () => acts.open(id) },
      { words: "Select neighbours", act: () => scene.select([...those, ...scene.network.neighbours(id)]) },
      { words: pinned ? "Release the pin" : "Pin here", act: () => acts.pin(those, !pinned) },
      { words: "Hide", act: () => acts.hide(those) },
      ...this.judging(id, those),
    ];
  }

  /** Whether it is one subject or several is judged on the page that shows what the judgement would do. */
  private judging(id: string, those: readonly string[]): Item[] {
    const [one, other] = those.map(encodeURIComponent);
    if (those.length === 2) {
      return [{ words: "Join these two…", act: () => location.assign(`/subjects/${one!}/merge?with=${other!}`) }];
    }
    if (those.length > 2) return [];
    return [{ words: "Take apart…", act: () => location.assign(`/subjects/${encodeURIComponent(id)}/history`) }];
  }

  link(id: string, at: Place): void {
    const { scene, acts } = this;
    scene.selectLink(id);
    const { about } = scene.network.link(id);
    openMenu(scene.canvas, at, `${about.words}: ${about.count} report${about.count === 1 ? "" : "s"}`, [
      { words: "Select both ends", act: () => scene.select([about.source, about.target]) },
      { words: `Open ${this.name(about.source)}`, act: () => acts.open(about.source) },
      { words: `Open ${this.name(about.target)}`, act: () => acts.open(about.target) },
      { words: "Hide links of this kind", act: () => this.hideKind(about.prop) },
    ]);
  }

  private hideKind(prop: string): void {
    this.scene.selectLink(null);
    this.acts.leaveOut(this.scene.network.offProps, prop, true);
  }

  background(at: Place): void {
    const { scene, acts } = this;
    const { undoable, redoable } = scene.history;
    const hidden = scene.network.away.size;
    const items: (Item | false)[] = [
      { words: "Fit to the window", act: () => scene.view.fit() },
      { words: scene.locked ? "Arrange anew" : "Lock the layout", act: () => void acts.lock(!scene.locked) },
      { words: "Release all pins", act: () => acts.releaseAll() },
      hidden > 0 && { words: "Show what is hidden", count: hidden, act: () => acts.showHidden() },
      undoable !== undefined && { words: `Undo: ${undoable}`, act: () => acts.undo() },
      redoable !== undefined && { words: `Redo: ${redoable}`, act: () => acts.redo() },
      ...takeable(scene),
    ];
    openMenu(
      scene.canvas,
      at,
      "Chart",
      items.filter((each) => each !== false),
    );
  }
}
