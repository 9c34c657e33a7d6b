/** Kinds of subject: colour by kind and shape by schema, so that nothing is told by colour alone. */

export interface Kind {
  /** The token `--kind-NAME`. */
  name: string;
  words: string;
  /** The number that the node program knows the shape by. */
  shape: number;
  /** The same shape for the legend, in a box of 12. */
  path: string;
}

const KINDS: Readonly<Record<string, Kind>> = {
  Person: { name: "person", words: "person", shape: 0, path: "M6 1a5 5 0 1 1 0 10a5 5 0 1 1 0-10z" },
  Organization: { name: "organisation", words: "organisation", shape: 1, path: "M1.5 1.5h9v9h-9z" },
  Address: { name: "place", words: "place", shape: 2, path: "M.8 2.2h10.4L6 11.2z" },
  Vehicle: { name: "vehicle", words: "vehicle", shape: 3, path: "M.5 3h11v6H.5z" },
  Phone: { name: "phone", words: "phone", shape: 4, path: "M6 .8l5.2 3.8-2 6.2H2.8l-2-6.2z" },
  BankAccount: { name: "account", words: "bank account", shape: 5, path: "M6 .6l4.7 2.7v5.4L6 11.4 1.3 8.7V3.3z" },
  UserAccount: { name: "online", words: "online account", shape: 6, path: "M6 .5L11.5 6 6 11.5.5 6z" },
  Event: {
    name: "incident",
    words: "incident",
    shape: 7,
    path: "M6 .4l1.6 3.7 4 .4-3 2.7.9 3.9L6 9l-3.5 2.1.9-3.9-3-2.7 4-.4z",
  },
  Weapon: { name: "weapon", words: "weapon", shape: 8, path: "M6 .8l5.2 9H.8z" },
  Document: { name: "document", words: "document", shape: 9, path: "M2.5.7h7v10.6h-7z" },
};
const THING: Kind = { name: "thing", words: "thing", shape: 10, path: "M4 .8h4V4h3.2v4H8v3.2H4V8H.8V4H4z" };

export const kindOf = (schema: string): Kind => KINDS[schema] ?? THING;

/** The order in which the legend lists schemata. */
export const SCHEMATA: readonly string[] = [...Object.keys(KINDS), "Thing"];

/** How much smaller everything is drawn where many share little room; 1: not at all. `area` in square pixels. */
export function scaleFor(crowd: number, area: number): number {
  const each = area / Math.max(1, crowd);
  return Math.max(0.42, Math.min(1, Math.sqrt(each / 5200)));
}

/** Size of a node on the screen (radius, px): by how many reports speak of it. */
export const radiusOf = (reports: number): number => Math.min(15, 4.5 + 2.1 * Math.log2(1 + Math.max(0, reports)));

/** Thickness of a link (px): by how many independent origins it has. */
export const thicknessOf = (origins: number): number => Math.min(6, 1.1 + 1.05 * Math.log2(Math.max(1, origins)));
