/** Tables: sorting what the page holds, and each reader's choice of columns, kept in his own browser. */

const collator = new Intl.Collator("en-GB", { numeric: true, sensitivity: "base" });

function valueOf(row: HTMLTableRowElement, column: number): string {
  const cell = row.cells[column];
  return cell?.querySelector("time")?.dateTime ?? cell?.textContent?.trim() ?? "";
}

function compare(kind: string, left: string, right: string): number {
  if (kind !== "number") return collator.compare(left, right);
  return Number(left.replaceAll(",", "")) - Number(right.replaceAll(",", ""));
}

function sort(table: HTMLTableElement, head: HTMLTableCellElement): void {
  const body = table.tBodies[0];
  if (!body) return;
  const rising = head.getAttribute("aria-sort") !== "ascending";
  for (const each of table.querySelectorAll("th[aria-sort]")) each.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", rising ? "ascending" : "descending");
  const kind = head.dataset["sort"] ?? "text";
  const keyed = [...body.rows].map((row) => [valueOf(row, head.cellIndex), row] as const);
  keyed.sort(([left], [right]) => compare(kind, left, right) * (rising ? 1 : -1));
  body.append(...keyed.map(([, row]) => row));
}

function makeSortable(table: HTMLTableElement): void {
  for (const head of table.querySelectorAll<HTMLTableCellElement>("th[data-sort]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () => sort(table, head));
    head.replaceChildren(button);
  }
}

function hide(table: HTMLTableElement, hidden: ReadonlySet<number>): void {
  for (const row of table.rows) {
    for (const cell of row.cells) if (cell.colSpan === 1) cell.hidden = hidden.has(cell.cellIndex);
  }
}

function chooseColumns(block: HTMLElement, table: HTMLTableElement): void {
  const choice = block.querySelector<HTMLDetailsElement>("[data-columns]");
  if (!choice) return;
  choice.hidden = false;
  const key = `columns:${block.dataset["sheet"] ?? ""}`;
  const hidden = new Set<number>((localStorage.getItem(key) ?? "").split(",").filter(Boolean).map(Number));
  for (const box of choice.querySelectorAll<HTMLInputElement>("input")) {
    box.checked = !hidden.has(Number(box.value));
    box.addEventListener("change", () => {
      if (box.checked) hidden.delete(Number(box.value));
      else hidden.add(Number(box.value));
      localStorage.setItem(key, [...hidden].join(","));
      hide(table, hidden);
    });
  }
  hide(table, hidden);
}

export function startSheets(root: ParentNode): void {
  for (const block of root.querySelectorAll<HTMLElement>("[data-sheet]:not([data-ready])")) {
    const table = block.querySelector("table");
    if (!table) continue;
    block.dataset["ready"] = "yes";
    makeSortable(table);
    chooseColumns(block, table);
  }
}
