/** What a device says to the desk: where do my lines stand, here are more, here is a picture. */
import { type Head, type Line, type Picture, stampOf } from "./history";

export interface State {
  csrf: string;
  name: string;
  state: string;
  live: boolean;
  signs: string[];
  head: Head;
}

interface Taken {
  fault: string;
  heads: Record<string, Head>;
}

/** Whoever used the page is signed in no more. */
export class SignedOut extends Error {}

const PATIENCE = 20_000;

async function asked(url: string, more: RequestInit = {}): Promise<Response> {
  const answer = await fetch(url, { ...more, redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
  if (answer.type === "opaqueredirect") throw new SignedOut();
  if (!answer.ok) throw new Error(`the desk answered ${answer.status}`);
  return answer;
}

/** How the operation stands, and up to where this device's lines are there. */
export async function stateOf(url: string, device: string): Promise<State> {
  return (await (await asked(`${url}/live/state?device=${device}`)).json()) as State;
}

/** Hand lines over; up to where they are there now, and why no further. */
export async function sendLines(url: string, csrf: string, lines: readonly Line[]): Promise<{ fault: string; head: Head | undefined }> {
  const body = new URLSearchParams({ csrf, clock: stampOf(new Date()), lines: JSON.stringify(lines) });
  const taken = (await (await asked(`${url}/lines`, { method: "POST", body })).json()) as Taken;
  return { fault: taken.fault, head: taken.heads[lines[0]?.device ?? ""] };
}

/** Hand a picture over. */
export async function sendPicture(url: string, csrf: string, picture: Picture): Promise<void> {
  const body = new FormData();
  body.set("csrf", csrf);
  body.set("picture", picture.content, "picture");
  await asked(`${url}/pictures`, { method: "POST", body });
}

/** The last lines as the desk shows them. */
export async function lastLines(url: string): Promise<DocumentFragment> {
  const page = new DOMParser().parseFromString(await (await asked(`${url}/live/last`)).text(), "text/html");
  const found = document.createDocumentFragment();
  found.append(...page.body.childNodes);
  return found;
}
