/** Hover cards: put where they fit on the screen, out of scrolling boxes; Esc sends one away. */

const EDGE = 8;

function place(chip: HTMLElement): void {
  const card = chip.querySelector<HTMLElement>(":scope > .card");
  if (!card) return;
  const anchor = chip.getBoundingClientRect();
  const below = anchor.bottom + 4 + card.offsetHeight < innerHeight - 24;
  const top = below ? anchor.bottom + 4 : Math.max(EDGE, anchor.top - card.offsetHeight - 4);
  const left = Math.max(EDGE, Math.min(anchor.left, innerWidth - card.offsetWidth - EDGE));
  card.style.setProperty("--card-top", `${top}px`);
  card.style.setProperty("--card-left", `${left}px`);
  card.classList.add("placed");
}

export function startCards(): void {
  const arrive = (event: Event): void => {
    const chip = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-card]") : null;
    if (!chip) return;
    chip.classList.remove("dismissed");
    place(chip);
  };
  document.addEventListener("mouseover", arrive);
  document.addEventListener("focusin", arrive);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const chip of document.querySelectorAll("[data-card]:hover, [data-card]:focus-within")) {
      chip.classList.add("dismissed");
    }
  });
}
