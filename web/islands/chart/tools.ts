/** The toolbar over the chart. */
import type { Acts } from "./acts";
import { type Form, FORMS, isForm } from "./layout-work";
import { openMenu } from "./menu";
import type { Menus } from "./menus";
import type { Scene } from "./scene";
import { takeable } from "./take";

interface Tool {
  words: string;
  key?: string;
  hint: string;
  act: () => void;
  enabled?: () => boolean;
  pressed?: () => boolean;
}

export class Tools {
  private readonly forms: HTMLSelectElement;
  private readonly made: (readonly [HTMLButtonElement, Tool])[];

  constructor(
    bar: HTMLElement,
    private readonly scene: Scene,
    acts: Acts,
    menus: Menus,
  ) {
    const chosen = (): boolean => scene.network.chosen.size > 0;
    const tools: Tool[] = [
      { words: "Fit", key: "f", hint: "Fit everything into the window", act: () => scene.view.fit() },
      {
        words: "Lock layout",
        key: "l",
        hint: "Locked: nobody moves by himself. Unlock to arrange everybody anew",
        act: () => void acts.lock(!scene.locked),
        pressed: () => scene.locked,
      },
      { words: "Undo", key: "z", hint: "Undo", act: () => acts.undo(), enabled: () => !!scene.history.undoable },
      { words: "Redo", key: "Z", hint: "Do again", act: () => acts.redo(), enabled: () => !!scene.history.redoable },
      {
        words: "Expand",
        key: "e",
        hint: "What is around the selected subject, counts first",
        act: () => scene.one !== undefined && void acts.expand(scene.one),
        enabled: chosen,
      },
      { words: "More…", key: "m", hint: "The menu of the selection, or of the chart", act: () => menus.forSelection() },
      {
        words: "Take along…",
        hint: "As a picture or a file, as it is arranged and with the page's marking",
        act: () => openMenu(scene.canvas, { x: 12, y: 12 }, "Chart", takeable(scene)),
      },
    ];
    this.made = tools.map((tool) => [buttonFor(tool), tool] as const);
    this.forms = formsFor(acts);
    bar.prepend(...this.made.map(([button]) => button), this.forms, ...(scene.source.ids.length ? [togetherLink(scene)] : []));
    scene.listen(() => this.refresh());
    this.refresh();
  }

  private refresh(): void {
    this.forms.value = this.scene.form;
    for (const [button, { enabled, pressed }] of this.made) {
      button.disabled = enabled ? !enabled() : false;
      if (pressed) button.setAttribute("aria-pressed", String(pressed()));
    }
  }
}

const WORDS: Readonly<Record<Form, string>> = { force: "by ties", hierarchy: "hierarchy", circle: "circle", time: "time lines" };

function formsFor(acts: Acts): HTMLSelectElement {
  const select = document.createElement("select");
  select.setAttribute("aria-label", "Layout");
  select.title = "How everybody is arranged; who is pinned stays";
  select.append(...FORMS.map((form) => new Option(WORDS[form], form)));
  select.addEventListener("change", () => {
    if (isForm(select.value)) void acts.arrange(select.value);
  });
  return select;
}

function buttonFor({ words, key, hint, act }: Tool): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button small-act";
  button.textContent = words;
  button.title = key ? `${hint} (${key})` : hint;
  if (key) button.dataset["key"] = key;
  button.addEventListener("click", act);
  return button;
}

/** A link, for it is another page: with or without those who are merely named together. */
function togetherLink({ source }: Scene): HTMLAnchorElement {
  const url = new URL(location.href);
  if (source.together) url.searchParams.delete("together");
  else url.searchParams.set("together", "yes");
  const link = document.createElement("a");
  link.className = "button small-act";
  link.href = `${url.pathname}${url.search}`;
  link.textContent = "Named together";
  link.title = source.together ? "Leave out who is merely named together" : "Also show who is merely named together";
  link.setAttribute("role", "button");
  link.setAttribute("aria-pressed", String(source.together));
  link.dataset["key"] = "t";
  return link;
}
