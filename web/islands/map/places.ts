/** Places as clusters, counted within the days that are chosen. */
import type { BBox } from "geojson";
import Supercluster from "supercluster";
import { daysOf, within } from "../time";
import type { Days, MapPlace } from "../types";

/** A place with how much was there within the days chosen. */
export interface Spot {
  place: MapPlace;
  count: number;
}

/** What a pin stands for: one spot, or several with the zoom at which they part. */
export interface Cluster {
  key: string;
  longitude: number;
  latitude: number;
  count: number;
  spots: readonly Spot[];
  opensAt: number;
}

type Sums = { count: number };

const RADIUS = 46;
/** Beyond it nothing parts any more: the places have the same coordinates. */
export const DEEPEST = 14;

/** What was at places within the days; a happening without a date counts only when no days are chosen. */
export function spotsWithin(places: readonly MapPlace[], range: Days): Spot[] {
  if (!range) return places.map((place) => ({ place, count: place.count }));
  return places
    .map((place) => ({ place, count: place.moments.filter((moment) => within(daysOf(moment), range)).length }))
    .filter(({ count }) => count > 0);
}

export class Clusters {
  private readonly index = new Supercluster<Spot, Sums>({
    radius: RADIUS,
    maxZoom: DEEPEST,
    map: ({ count }) => ({ count }),
    reduce: (sum, { count }) => {
      sum.count += count;
    },
  });

  constructor(readonly spots: readonly Spot[]) {
    this.index.load(
      spots.map((spot) => ({
        type: "Feature",
        properties: spot,
        geometry: { type: "Point", coordinates: [spot.place.longitude, spot.place.latitude] },
      })),
    );
  }

  /** The clusters in view, the largest first. */
  within(bounds: BBox, zoom: number): Cluster[] {
    const found = this.index.getClusters(bounds, Math.floor(zoom)).map(({ properties, geometry }): Cluster => {
      const [longitude, latitude] = geometry.coordinates as [number, number];
      if (!("cluster" in properties)) {
        const { place, count } = properties;
        return { key: `${place.id} ${count}`, longitude, latitude, count, spots: [properties], opensAt: 0 };
      }
      const id = properties.cluster_id;
      const spots = this.index.getLeaves(id, Infinity).map((leaf) => leaf.properties);
      const opensAt = this.index.getClusterExpansionZoom(id);
      return { key: `${longitude} ${latitude} ${spots.length}`, longitude, latitude, count: properties.count, spots, opensAt };
    });
    return found.sort((a, b) => b.count - a.count || b.latitude - a.latitude);
  }
}
