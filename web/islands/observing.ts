/**
 * The observation log where there may be no server: a line is sealed and kept here the moment it is written, and sent
 * when that can be done. Each device has a history of its own; the server takes each line once, in order, or none.
 * Without a safe context (no seals) or storage the form works as a plain form.
 */

interface Line {
  device: string;
  number: number;
  at: string;
  by: string;
  seen: string;
  place: string;
  latitude: string;
  longitude: string;
  pictures: string[];
  collateral: boolean;
  follows: string;
  seal: string;
}

interface Kept extends Line {
  operation: string;
  sent: boolean;
}

interface Taken {
  kept: number;
  held_already: number;
  without_authority: number;
  fault: string;
}

const FIRST = "0".repeat(64);
const EVERY = 15_000;
const AT_ONCE = 200;

function hex(bytes: Uint8Array): string {
  return [...bytes].map((each) => each.toString(16).padStart(2, "0")).join("");
}

/** The seal as `surveillance.rules.seal_of` makes it: SHA-256 over canonical JSON. */
async function sealOf(line: Line): Promise<string> {
  const said = [
    line.follows,
    line.device,
    line.number,
    line.at,
    line.by,
    line.seen,
    line.place,
    line.latitude,
    line.longitude,
    line.pictures,
    line.collateral,
  ];
  const bytes = new TextEncoder().encode(JSON.stringify(said));
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error ?? new Error("the browser's store failed"));
  });
}

function finished(transaction: IDBTransaction): Promise<void> {
  return new Promise((done, failed) => {
    transaction.oncomplete = () => done();
    transaction.onabort = transaction.onerror = () => failed(transaction.error ?? new Error("the browser's store failed"));
  });
}

/** This device's own history of one operation, in the browser's store. */
class History {
  private constructor(
    private readonly store: IDBDatabase,
    private readonly operation: string,
    private readonly device: string,
  ) {}

  static async open(operation: string): Promise<History> {
    const opening = indexedDB.open("leconfield-observing", 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore("lines", { keyPath: ["operation", "device", "number"] });
      opening.result.createObjectStore("devices");
    };
    const store = await asked(opening);
    const transaction = store.transaction("devices", "readwrite");
    const devices = transaction.objectStore("devices");
    const drawn = hex(crypto.getRandomValues(new Uint8Array(16)));
    const device = ((await asked(devices.get(operation))) as string | undefined) ?? drawn;
    devices.put(device, operation);
    await finished(transaction);
    return new History(store, operation, device);
  }

  async all(): Promise<Kept[]> {
    const lines = this.store.transaction("lines").objectStore("lines");
    const range = IDBKeyRange.bound([this.operation, this.device, 0], [this.operation, this.device, Infinity]);
    return (await asked(lines.getAll(range))) as Kept[];
  }

  /** Seal a line on top of the last and keep it; it is in the store when this is done. */
  async write(said: Pick<Line, "by" | "seen" | "place" | "collateral" | "latitude" | "longitude">): Promise<void> {
    const last = (await this.all()).at(-1);
    const line: Kept = {
      ...said,
      device: this.device,
      number: (last?.number ?? 0) + 1,
      at: new Date().toISOString().replace("Z", "000Z"),
      pictures: [],
      follows: last?.seal ?? FIRST,
      seal: "",
      operation: this.operation,
      sent: false,
    };
    line.seal = await sealOf(line);
    const transaction = this.store.transaction("lines", "readwrite", { durability: "strict" });
    transaction.objectStore("lines").add(line); // another tab that wrote the same number makes this fail, and be tried anew
    await finished(transaction);
  }

  async sent(lines: Kept[]): Promise<void> {
    const transaction = this.store.transaction("lines", "readwrite");
    for (const each of lines) transaction.objectStore("lines").put({ ...each, sent: true });
    await finished(transaction);
  }
}

async function send(url: string, csrf: string, lines: Kept[]): Promise<Taken> {
  const said = lines.map(({ operation: _operation, sent: _sent, ...line }) => line);
  const body = new URLSearchParams({ csrf, lines: JSON.stringify(said) });
  const answer = await fetch(`${url}/lines`, { method: "POST", body, redirect: "error" });
  if (!answer.ok) throw new Error(`the desk answered ${answer.status}`);
  return (await answer.json()) as Taken;
}

export async function startObserving(): Promise<void> {
  const form = document.querySelector<HTMLFormElement>("form[data-observing]");
  if (!form || !window.isSecureContext || !("indexedDB" in window)) return;
  const url = form.dataset["observing"] ?? "";
  const says = form.querySelector<HTMLElement>("[data-observing-says]");
  const history = await History.open(url);
  const field = (name: string): string => new FormData(form).get(name)?.toString().trim() ?? "";
  let sending = false;

  async function sync(): Promise<void> {
    if (sending) return;
    sending = true;
    try {
      const waiting = (await history.all()).filter((each) => !each.sent).slice(0, AT_ONCE);
      if (waiting.length) {
        const taken = await send(url, field("csrf"), waiting);
        await history.sent(waiting.slice(0, taken.kept + taken.held_already));
        tell(taken.fault ? `Not taken: ${taken.fault}. It is kept here.` : "All lines are with the desk.");
      }
    } catch {
      const count = (await history.all()).filter((each) => !each.sent).length;
      tell(`${count} ${count === 1 ? "line waits" : "lines wait"} here for the desk; nothing is lost.`);
    } finally {
      sending = false;
    }
  }

  function tell(words: string): void {
    if (says) says.textContent = words;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const said = { by: field("by"), seen: field("seen"), place: field("place"), collateral: field("collateral") === "yes" };
    if (!said.seen) return;
    void history
      .write({ ...said, latitude: "", longitude: "" })
      .then(() => {
        const seen = form.querySelector<HTMLTextAreaElement>("[name=seen]");
        if (seen) seen.value = "";
        seen?.focus();
        tell("Kept here.");
        return sync();
      })
      .catch(() => tell("This line could not be kept here: press again, or write it on paper."));
  });
  window.addEventListener("online", () => void sync());
  window.setInterval(() => void sync(), EVERY);
  await sync();
}
