/**
 * This device's own history of one operation, in the browser's store. A line is sealed on top of the last the moment it
 * is written; what the desk holds is dropped from here, down to the last seal.
 */

export interface Said {
  by: string;
  seen: string;
  place: string;
  latitude: string;
  longitude: string;
  collateral: boolean;
  pictures: string[];
}

export interface Line extends Said {
  operation: string;
  device: string;
  number: number;
  at: string;
  salt: string;
  follows: string;
  seal: string;
}

export interface Picture {
  operation: string;
  digest: string;
  content: Blob;
}

/** The number of the last line and its seal. */
export type Head = readonly [number, string];

interface Device {
  operation: string;
  device: string;
  number: number;
  seal: string;
  by: string;
}

const NAME = "leconfield-observing";
const FORMAT = "leconfield line 2";
const FIRST = "0".repeat(64);
const TRIES = 20;
const NO_TEXT = /[\0-\x08\x0b-\x1f\x7f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function hex(bytes: Uint8Array): string {
  return [...bytes].map((each) => each.toString(16).padStart(2, "0")).join("");
}

const drawn = (): string => hex(crypto.getRandomValues(new Uint8Array(16)));

/** SHA-256 in hexadecimal digits. */
export async function digestOf(bytes: BufferSource): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

const digestOfJson = (said: unknown): Promise<string> => digestOf(new TextEncoder().encode(JSON.stringify(said)));

/** A moment as the ledger writes it. */
export const stampOf = (moment: Date): string => moment.toISOString().replace("Z", "000Z");

/** The seal as `surveillance.rules.seal_of` makes it: over a commitment to the words, so that it outlives them. */
async function sealOf(line: Line): Promise<string> {
  const said = await digestOfJson([line.salt, line.seen, line.place, line.latitude, line.longitude, line.pictures]);
  const about = [line.device, line.number, line.at, line.by, line.collateral, said];
  return digestOfJson([FORMAT, line.operation, line.follows, ...about]);
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

function opened(): Promise<IDBDatabase> {
  const opening = indexedDB.open(NAME, 2);
  opening.onupgradeneeded = () => {
    const store = opening.result;
    for (const name of [...store.objectStoreNames]) store.deleteObjectStore(name);
    store.createObjectStore("lines", { keyPath: ["operation", "device", "number"] });
    store.createObjectStore("devices", { keyPath: "operation" });
    store.createObjectStore("pictures", { keyPath: ["operation", "digest"] });
  };
  return asked(opening);
}

export class History {
  private constructor(
    private readonly store: IDBDatabase,
    readonly operation: string,
  ) {}

  static async open(operation: string): Promise<History> {
    const history = new History(await opened(), operation);
    const transaction = history.store.transaction("devices", "readwrite");
    const devices = transaction.objectStore("devices");
    if (!(await asked(devices.get(operation)))) devices.add(history.fresh(""));
    await finished(transaction);
    return history;
  }

  private fresh(by: string): Device {
    return { operation: this.operation, device: drawn(), number: 0, seal: FIRST, by };
  }

  private everything(device: string): IDBKeyRange {
    return IDBKeyRange.bound([this.operation, device, 0], [this.operation, device, Infinity]);
  }

  /** What this device calls itself, and the call sign that was used last. */
  async device(): Promise<Device> {
    return (await asked(this.store.transaction("devices").objectStore("devices").get(this.operation))) as Device;
  }

  /** The lines that the desk is not known to hold, in their order. */
  async waiting(): Promise<Line[]> {
    const { device } = await this.device();
    return (await asked(this.store.transaction("lines").objectStore("lines").getAll(this.everything(device)))) as Line[];
  }

  /** Seal a line on top of the last and keep it, with its picture; it is in the store when this is done. */
  async write(said: Said, contents: readonly Picture[]): Promise<void> {
    const words = { ...said, by: clean(said.by), seen: clean(said.seen), place: clean(said.place) };
    const at = stampOf(new Date());
    for (let tries = 0; tries < TRIES; tries += 1) if (await this.added(words, at, contents)) return;
    throw new Error("another window writes at the same time");
  }

  /** Whether the line could be put on top of what stood when its seal was made; another window may have been first. */
  private async added(said: Said, at: string, contents: readonly Picture[]): Promise<boolean> {
    const before = await this.device();
    const place = { operation: this.operation, device: before.device, number: before.number + 1, follows: before.seal };
    const line: Line = { ...said, ...place, at, salt: drawn(), seal: "" };
    line.seal = await sealOf(line);
    const transaction = this.store.transaction(["lines", "devices", "pictures"], "readwrite", { durability: "strict" });
    const devices = transaction.objectStore("devices");
    const now = (await asked(devices.get(this.operation))) as Device;
    if (now.device !== before.device || now.seal !== before.seal) {
      transaction.abort();
      return false;
    }
    transaction.objectStore("lines").add(line);
    devices.put({ ...now, number: line.number, seal: line.seal, by: said.by } satisfies Device);
    for (const each of contents) transaction.objectStore("pictures").put(each);
    await finished(transaction);
    return true;
  }

  /** Drop the lines that the desk says it holds; nothing, if what it holds is not what was written here. */
  async confirm([number, seal]: Head): Promise<void> {
    const last = await this.device();
    const transaction = this.store.transaction("lines", "readwrite");
    const lines = transaction.objectStore("lines");
    const ours = (await asked(lines.get([this.operation, last.device, number]))) as Line | undefined;
    if (ours?.seal === seal) lines.delete(IDBKeyRange.bound([this.operation, last.device, 0], [this.operation, last.device, number]));
    await finished(transaction);
  }

  /** Take a refused line out, and seal those after it anew as another history; what it said. */
  async mend(): Promise<Line | undefined> {
    const before = await this.device();
    const [refused, ...rest] = await this.waiting();
    if (!refused) return undefined;
    const next = this.fresh(before.by);
    const made: Line[] = [];
    for (const each of rest) {
      const line: Line = { ...each, device: next.device, number: next.number + 1, follows: next.seal, seal: "" };
      line.seal = await sealOf(line);
      made.push(line);
      Object.assign(next, { number: line.number, seal: line.seal });
    }
    const transaction = this.store.transaction(["lines", "devices"], "readwrite", { durability: "strict" });
    const now = (await asked(transaction.objectStore("devices").get(this.operation))) as Device;
    if (now.seal !== before.seal) {
      transaction.abort();
      return undefined;
    }
    transaction.objectStore("lines").delete(this.everything(before.device));
    for (const each of made) transaction.objectStore("lines").add(each);
    transaction.objectStore("devices").put(next);
    await finished(transaction);
    return refused;
  }

  /** Pictures that the desk does not hold yet. */
  async pictures(): Promise<Picture[]> {
    const range = IDBKeyRange.bound([this.operation, ""], [this.operation, "\uffff"]);
    return (await asked(this.store.transaction("pictures").objectStore("pictures").getAll(range))) as Picture[];
  }

  /** Drop a picture that the desk holds. */
  async handedOver(picture: Picture): Promise<void> {
    const transaction = this.store.transaction("pictures", "readwrite");
    transaction.objectStore("pictures").delete([picture.operation, picture.digest]);
    await finished(transaction);
  }
}

/** Words without half characters and control characters, which no seal is made over. */
function clean(words: string): string {
  return words.replaceAll("\r\n", "\n").replaceAll("\r", "\n").replaceAll(NO_TEXT, "\ufffd").trim();
}
