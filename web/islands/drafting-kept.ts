/** What is written and not saved, kept in this browser: a closed tab loses nothing, a saved draft leaves nothing. */

interface Left<Values> {
  base: string;
  values: Values;
  /** Whether it was sent to be saved: another state of the draft then means that it was. */
  sent: boolean;
}

export interface Kept<Values> {
  read(): Left<Values> | null;
  write(base: string, values: Values): void;
  send(): void;
  drop(): void;
}

const keyOf = (url: string): string => {
  const who = document.querySelector(".top-chips dd.mono")?.textContent ?? "";
  return `draft:${who}:${url}`;
};

export function keepFor<Values>(url: string): Kept<Values> {
  const key = keyOf(url);
  const read = (): Left<Values> | null => {
    try {
      return JSON.parse(localStorage.getItem(key) ?? "null") as Left<Values> | null;
    } catch {
      return null;
    }
  };
  const put = (left: Left<Values>): void => {
    try {
      localStorage.setItem(key, JSON.stringify(left));
    } catch {
      // A full or forbidden storage: the page still saves by its button.
    }
  };
  return {
    read,
    write: (base, values) => put({ base, values, sent: false }),
    send: () => {
      const left = read();
      if (left) put({ ...left, sent: true });
    },
    drop: () => localStorage.removeItem(key),
  };
}

/** On a release's own page: what was sent and is saved need not be kept. */
export function forget(url: string, base: string): void {
  const kept = keepFor(url);
  const left = kept.read();
  if (left?.sent && left.base !== base) kept.drop();
}
