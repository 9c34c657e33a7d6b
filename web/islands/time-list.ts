/** A small list of links beside what was pressed: what a count on a drawing stands for. */

export interface Entry {
  label: string;
  href: string;
  note: string;
}

const MOST = 60;
const WIDTH = 280;

/** Open the list within `host` at a place in it. It closes by Escape, or by going elsewhere; focus then returns. */
export function openList(
  host: HTMLElement,
  title: string,
  entries: readonly Entry[],
  [x, y]: readonly [number, number],
  from: { focus(): void },
): void {
  host.querySelector(".menu")?.remove();
  const menu = document.createElement("div");
  menu.className = "menu";
  menu.setAttribute("role", "group");
  menu.setAttribute("aria-label", title);
  menu.append(head(title), list(entries));
  const space = Math.min(WIDTH, host.clientWidth - 8);
  Object.assign(menu.style, { width: `${space}px`, maxHeight: "260px", overflow: "auto" });
  menu.style.left = `${Math.max(0, Math.min(x, host.clientWidth - space - 4))}px`;
  menu.style.top = `${Math.max(0, y)}px`;
  host.append(menu);
  closeElsewhere(menu, from);
  menu.querySelector("a")?.focus();
}

function head(title: string): HTMLElement {
  const made = document.createElement("div");
  made.className = "title";
  made.textContent = title;
  return made;
}

function list(entries: readonly Entry[]): HTMLElement {
  const made = document.createElement("ul");
  made.className = "plain";
  Object.assign(made.style, { margin: "0", padding: "0 12px" });
  made.append(...entries.slice(0, MOST).map(line));
  if (entries.length > MOST) {
    const rest = document.createElement("li");
    rest.className = "quiet";
    rest.textContent = `${(entries.length - MOST).toLocaleString("en-GB")} more in the table`;
    made.append(rest);
  }
  return made;
}

function line({ label, href, note }: Entry): HTMLLIElement {
  const made = document.createElement("li");
  const link = document.createElement("a");
  link.href = href;
  link.textContent = label;
  made.append(link);
  if (note) {
    const more = document.createElement("span");
    more.className = "quiet";
    more.textContent = ` ${note}`;
    made.append(more);
  }
  return made;
}

function closeElsewhere(menu: HTMLElement, from: { focus(): void }): void {
  const close = (): void => {
    menu.remove();
    document.removeEventListener("pointerdown", outside, true);
  };
  const outside = (event: Event): void => {
    if (!menu.isConnected || !menu.contains(event.target as Node)) close();
  };
  document.addEventListener("pointerdown", outside, true);
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !menu.contains(relatedTarget)) close();
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      close();
      from.focus();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") step(menu, event.key === "ArrowDown" ? 1 : -1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

function step(menu: HTMLElement, by: number): void {
  const links = [...menu.querySelectorAll("a")];
  const at = links.indexOf(document.activeElement as HTMLAnchorElement);
  links[Math.max(0, Math.min(links.length - 1, at + by))]?.focus();
}
