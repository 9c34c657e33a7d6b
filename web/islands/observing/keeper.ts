/**
 * The service worker of the observation log. It keeps nothing of the desk: without a connexion it opens the bare form
 * (`/operations/shell`), which the page itself has put into the cache together with its styles and scripts.
 */

interface Fetching extends Event {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

interface Activating extends Event {
  waitUntil(done: Promise<void>): void;
}

interface Keeper {
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  addEventListener(kind: "install" | "activate", does: (event: Activating) => void): void;
  addEventListener(kind: "fetch", does: (event: Fetching) => void): void;
}

const keeper = self as unknown as Keeper;
const LIVE = /^\/operations\/[0-9a-f]{32}\/live$/;
const SHELL = "/operations/shell";
const PATIENCE = 8_000;

async function reached(request: Request): Promise<Response> {
  try {
    return await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    return (await caches.match(SHELL)) ?? Response.error();
  }
}

async function built(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

keeper.addEventListener("install", (event) => event.waitUntil(keeper.skipWaiting()));
keeper.addEventListener("activate", (event) => event.waitUntil(keeper.clients.claim()));
keeper.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate" && LIVE.test(pathname)) event.respondWith(reached(request));
  else if (pathname.startsWith("/static/built/")) event.respondWith(built(request));
});
