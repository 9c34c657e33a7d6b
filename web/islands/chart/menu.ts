/** The menu of a subject, a link or the background: by right click, by key, or from the toolbar. */

export interface Item {
  words: string;
  count?: number;
  /** Stands over this and the following items. */
  heading?: string;
  act: () => void;
}

let close: (() => void) | null = null;

export const closeMenu = (): void => close?.();

/** Open a menu at a point of the host; the first item has the focus, Esc and a click elsewhere close it. */
export function openMenu(host: HTMLElement, at: { x: number; y: number }, title: string, items: readonly Item[]): void {
  closeMenu();
  const menu = document.createElement("div");
  menu.className = "menu";
  menu.setAttribute("role", "menu");
  menu.setAttribute("aria-label", title);
  const buttons = items.map(buttonFor);
  menu.append(headingOf(title));
  items.forEach(({ heading }, at) => menu.append(...(heading ? [headingOf(heading)] : []), buttons[at]!));
  host.append(menu);
  settle(menu, host, at);
  const before = document.activeElement instanceof HTMLElement ? document.activeElement : null;
  const outside = (event: Event): void => {
    if (!(event.target instanceof Node && menu.contains(event.target))) close?.();
  };
  close = (): void => {
    const inside = menu.contains(document.activeElement);
    document.removeEventListener("pointerdown", outside, true);
    menu.remove();
    close = null;
    if (inside) before?.focus({ preventScroll: true });
  };
  document.addEventListener("pointerdown", outside, true);
  menu.addEventListener("keydown", (event) => onKey(event, buttons));
  buttons[0]?.focus({ preventScroll: true });
}

function headingOf(words: string): HTMLElement {
  const heading = document.createElement("div");
  heading.className = "title";
  heading.textContent = words;
  return heading;
}

function buttonFor({ words, count, act }: Item): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.setAttribute("role", "menuitem");
  button.tabIndex = -1;
  button.append(words);
  if (count !== undefined) {
    const number = document.createElement("span");
    number.className = "count";
    number.textContent = count.toLocaleString("en-GB");
    button.append(number);
  }
  button.addEventListener("click", () => {
    closeMenu();
    act();
  });
  return button;
}

function settle(menu: HTMLElement, host: HTMLElement, { x, y }: { x: number; y: number }): void {
  menu.style.maxHeight = `${Math.max(160, host.clientHeight - 12)}px`;
  menu.style.overflowY = "auto";
  menu.style.left = `${Math.max(4, Math.min(x, host.clientWidth - menu.offsetWidth - 4))}px`;
  menu.style.top = `${Math.max(4, Math.min(y, host.clientHeight - menu.offsetHeight - 4))}px`;
}

function onKey(event: KeyboardEvent, buttons: readonly HTMLButtonElement[]): void {
  const here = buttons.indexOf(document.activeElement as HTMLButtonElement);
  const step: Record<string, number> = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: buttons.length - 1 };
  const next = step[event.key];
  if (next !== undefined) buttons[(next + buttons.length) % buttons.length]?.focus();
  else if (event.key === "Escape" || event.key === "Tab") closeMenu();
  else if (event.key.length > 1) return;
  event.stopPropagation();
  if (event.key !== "Tab" && event.key !== " ") event.preventDefault();
}
