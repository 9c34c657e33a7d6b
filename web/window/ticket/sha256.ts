/**
 * SHA-256 (FIPS 180-4) of many texts with one beginning, in step: the browser's own is only to be had asynchronously,
 * which costs more than the hash. Whole blocks of the beginning are hashed once. ASCII alone.
 */

function roots(count: number, power: number): Uint32Array {
  const found = new Uint32Array(count);
  for (let number = 2, at = 0; at < count; number += 1) {
    let prime = true;
    for (let by = 2; by * by <= number; by += 1) if (number % by === 0) prime = false;
    if (!prime) continue;
    const root = number ** power;
    found[at] = (root - Math.floor(root)) * 2 ** 32;
    at += 1;
  }
  return found;
}

const START = roots(8, 1 / 2);
const ROUND = roots(64, 1 / 3);
const BLOCK = 64;

export class Hashing {
  private readonly state = new Uint32Array(8);
  private readonly begun = Uint32Array.from(START);
  private readonly rest: string;
  private readonly length: number;
  private readonly words = new Uint32Array(64);
  private readonly bytes = new Uint8Array(BLOCK);
  private readonly view = new DataView(this.bytes.buffer);

  constructor(beginning: string) {
    const whole = beginning.length - (beginning.length % BLOCK);
    for (let at = 0; at < whole; at += BLOCK) {
      this.fill(beginning.slice(at, at + BLOCK));
      this.mix(this.begun);
    }
    this.rest = beginning.slice(whole);
    this.length = beginning.length;
  }

  /** The hash of the beginning and this ending, in hexadecimal digits. */
  digest(ending: string): string {
    this.finish(ending);
    return Array.from(this.state, (each) => each.toString(16).padStart(8, "0")).join("");
  }

  /** How many zero bits that hash begins with. */
  zeros(ending: string): number {
    this.finish(ending);
    let zeros = 0;
    for (const word of this.state) {
      zeros += Math.clz32(word);
      if (word) break;
    }
    return zeros;
  }

  private finish(ending: string): void {
    this.state.set(this.begun);
    let left = this.rest + ending;
    const bits = (this.length + ending.length) * 8;
    while (left.length >= BLOCK) {
      this.fill(left.slice(0, BLOCK));
      this.mix(this.state);
      left = left.slice(BLOCK);
    }
    this.fill(left);
    this.bytes[left.length] = 0x80;
    if (left.length >= BLOCK - 8) {
      this.mix(this.state);
      this.bytes.fill(0);
    }
    this.view.setUint32(BLOCK - 4, bits);
    this.mix(this.state);
  }

  private fill(text: string): void {
    this.bytes.fill(0);
    for (let at = 0; at < text.length; at += 1) this.bytes[at] = text.charCodeAt(at);
  }

  private mix(state: Uint32Array): void {
    const w = this.words;
    for (let i = 0; i < 16; i += 1) w[i] = this.view.getUint32(i * 4);
    for (let i = 16; i < 64; i += 1) {
      const x = w[i - 15]!;
      const y = w[i - 2]!;
      const low = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const high = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[i] = w[i - 16]! + low + w[i - 7]! + high;
    }
    let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
    for (let i = 0; i < 64; i += 1) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const first = (h + s1 + ((e & f) ^ (~e & g)) + ROUND[i]! + w[i]!) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const second = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + first) | 0;
      d = c;
      c = b;
      b = a;
      a = (first + second) | 0;
    }
    for (const [at, value] of [a, b, c, d, e, f, g, h].entries()) state[at] = state[at]! + value;
  }
}
