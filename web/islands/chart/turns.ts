/** Long work in pieces, so that the page answers the hand in between. */

/** How long a piece may take (ms). */
const PIECE = 14;
/** So many between two looks at the clock. */
const LOOK = 64;

/** Let the browser have its turn. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (): void => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** Do it to each, a piece at a time. */
export async function inTurns<T>(all: readonly T[], act: (each: T) => void): Promise<void> {
  let begun = performance.now();
  for (let at = 0; at < all.length; at++) {
    act(all[at]!);
    if (at % LOOK !== LOOK - 1 || performance.now() - begun < PIECE) continue;
    await turn();
    begun = performance.now();
  }
}
