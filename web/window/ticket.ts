/**
 * Pays the toll of a form by working, so that nobody with scripts has to wait: window/tickets.py says how much.
 * Without scripts, or where the worker fails, the words about waiting stay and the form is sent as it is.
 */
import worker from "worker:./ticket/worker.ts";

interface Done {
  work: string;
}

function held(form: HTMLFormElement, box: HTMLElement): void {
  const field = box.querySelector<HTMLInputElement>("[data-ticket-work]");
  const told = box.querySelector<HTMLElement>("[data-ticket-told]");
  const waiting = box.querySelector<HTMLElement>("[data-ticket-waiting]");
  const { ticket, bits } = box.dataset;
  if (!field || !told || !waiting || !ticket || !bits || field.value) return;
  let pressed: HTMLElement | null = null;
  let working = true;
  const say = (words: string | undefined): void => {
    told.textContent = words ?? "";
  };

  const hired = new Worker(worker);
  const end = (): void => {
    working = false;
    hired.terminate();
  };
  hired.addEventListener("message", (event: MessageEvent<Done>) => {
    field.value = event.data.work;
    end();
    if (pressed) form.requestSubmit(pressed);
    else say(box.dataset["ready"]);
  });
  hired.addEventListener("error", () => {
    end();
    say("");
    waiting.hidden = false;
    if (pressed) form.requestSubmit(pressed);
  });
  form.addEventListener("submit", (event) => {
    const by = event.submitter;
    if (!working || by?.hasAttribute("formnovalidate")) return; // going back sends nothing
    event.preventDefault();
    pressed = by;
    say(box.dataset["held"]);
  });
  waiting.hidden = true;
  say(box.dataset["working"]);
  hired.postMessage({ ticket, bits: Number(bits) });
}

/** Every form of the page that carries a ticket. */
export function startTickets(): void {
  for (const box of document.querySelectorAll<HTMLElement>("[data-ticket]")) {
    const form = box.closest("form");
    if (form) held(form, box);
  }
}
