/** Fetch what an island draws from the address that its page names. */

/** The JSON at the host's `data-src`. Fails in words when the desk does not answer as it should. */
export async function loadJson<T>(host: HTMLElement): Promise<T> {
  const answer = await fetch(host.dataset["src"] ?? "", { headers: { accept: "application/json" } });
  if (!answer.ok) throw new Error(`the desk answered ${answer.status}`);
  return (await answer.json()) as T;
}

/** A word in place of a drawing. */
export function note(words: string): HTMLParagraphElement {
  const made = document.createElement("p");
  made.className = "island-note";
  made.textContent = words;
  return made;
}
