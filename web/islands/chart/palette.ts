/** The colours of the chart, read off the page's tokens, so that day and night are the stylesheet's affair. */

type Triple = readonly [number, number, number];

export interface Palette {
  paper: string;
  ink: string;
  quiet: string;
  accent: string;
  /** A stated link, an alleged one, who is merely named together, a denied one. */
  link: string;
  claim: string;
  weak: string;
  denied: string;
  /** A node that no link of the chosen time touches. */
  grey: string;
  /** The token of a kind, strong and faded. */
  kind: (name: string) => string;
  faded: (colour: string) => string;
}

const hex = (part: number): string => Math.round(part).toString(16).padStart(2, "0");
const written = (colour: Triple): string => `#${colour.map(hex).join("")}`;

function mixed(one: Triple, other: Triple, share: number): Triple {
  return [0, 1, 2].map((at) => one[at]! * share + other[at]! * (1 - share)) as unknown as Triple;
}

/** The browser resolves `light-dark()` and every name of a colour. */
function resolve(probe: HTMLElement, colour: string): Triple {
  probe.style.color = colour;
  const parts = getComputedStyle(probe).color.match(/[\d.]+/g) ?? [];
  return [Number(parts[0] ?? 0), Number(parts[1] ?? 0), Number(parts[2] ?? 0)];
}

export function readPalette(host: HTMLElement): Palette {
  const probe = document.createElement("span");
  probe.hidden = true;
  host.append(probe);
  const token = (name: string): Triple => resolve(probe, `var(--${name})`);
  const names = ["person", "organisation", "place", "vehicle", "phone", "account", "online", "incident", "weapon"];
  const kinds = new Map([...names, "document", "thing"].map((name) => [name, token(`kind-${name}`)]));
  const [paper, ink, amber] = [token("raised"), token("ink"), token("amber")];
  const plain = {
    paper: written(paper),
    ink: written(ink),
    quiet: written(token("quiet")),
    accent: written(token("accent")),
    link: written(mixed(ink, paper, 0.46)),
    claim: written(mixed(ink, paper, 0.4)),
    weak: written(mixed(ink, paper, 0.22)),
    denied: written(amber),
    grey: written(mixed(ink, paper, 0.2)),
  };
  const strong = new Map([...kinds].map(([name, colour]) => [name, written(colour)]));
  const pale = new Map<string, string>();
  const faded = (colour: string): string => {
    const known = pale.get(colour) ?? written(mixed(parsed(colour), paper, 0.2));
    pale.set(colour, known);
    return known;
  };
  probe.remove();
  return { ...plain, kind: (name) => strong.get(name) ?? plain.quiet, faded };
}

function parsed(colour: string): Triple {
  const number = Number.parseInt(colour.slice(1), 16);
  return [number >> 16, (number >> 8) & 255, number & 255];
}
