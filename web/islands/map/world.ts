/** Coasts and borders of the world, from files of our own server. */
import type { FeatureCollection } from "geojson";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import coarse from "url:world-atlas/countries-50m.json";
import fine from "url:world-atlas/countries-10m.json";

/** The detail that is asked for: the fine outlines are 3.7 MB, and are fetched only when one looks closely. */
export type Detail = "coarse" | "fine";

export interface World {
  land: FeatureCollection;
  borders: FeatureCollection;
}

/** From this zoom on the coarse outlines look crude. */
export const FINE_FROM = 4.5;

type Atlas = Topology<{ countries: GeometryCollection; land: GeometryCollection }>;

export async function loadWorld(detail: Detail): Promise<World> {
  const answer = await fetch(detail === "fine" ? fine : coarse);
  if (!answer.ok) throw new Error(`the outlines of the world could not be fetched: ${answer.status}`);
  const atlas = (await answer.json()) as Atlas;
  const borders = mesh(atlas, atlas.objects.countries, (left, right) => left !== right);
  return {
    land: feature(atlas, atlas.objects.land),
    borders: { type: "FeatureCollection", features: [{ type: "Feature", properties: {}, geometry: borders }] },
  };
}
