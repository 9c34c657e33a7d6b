/** The frame's own small acts: the theme switch and folds that close when one leaves them. */

const YEAR = 365 * 24 * 60 * 60;

export function startTheme(): void {
  const root = document.documentElement;
  const button = document.querySelector<HTMLButtonElement>("[data-theme-switch]");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const dark = root.dataset["theme"]
      ? root.dataset["theme"] === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset["theme"] = dark ? "light" : "dark";
    document.cookie = `theme=${root.dataset["theme"]}; path=/; max-age=${YEAR}; samesite=strict`;
    document.dispatchEvent(new CustomEvent("leconfield:theme"));
  });
}

function closeFolds(except: Element | null): void {
  for (const fold of document.querySelectorAll<HTMLDetailsElement>("details[data-fold][open]")) {
    if (fold !== except) fold.open = false;
  }
}

function clearTraces(): void {
  document.getElementById("trace-live")?.replaceChildren();
}

export function startFolds(): void {
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    closeFolds(target?.closest("details[data-fold]") ?? null);
    if (!target?.closest(".trace")) clearTraces();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector<HTMLDetailsElement>("details[data-fold][open]");
    closeFolds(null);
    open?.querySelector<HTMLElement>("summary")?.focus();
    clearTraces();
  });
}
