/** Tries numbers until the SHA-256 of ticket, full stop and number begins with enough zero bits. */
import { Hashing } from "./sha256";

interface Asked {
  ticket: string;
  bits: number;
}

self.addEventListener("message", (event: MessageEvent<Asked>) => {
  const hashing = new Hashing(`${event.data.ticket}.`);
  let number = 0;
  while (hashing.zeros(String(number)) < event.data.bits) number += 1;
  self.postMessage({ work: String(number) });
});
