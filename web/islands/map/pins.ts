/** Pins on the map: links and buttons of the page, so that keyboard and screen reader find them. */
import { type Map as GlMap, Marker } from "maplibre-gl";
import { openList } from "../time-list";
import { type Cluster, Clusters, DEEPEST, type Spot } from "./places";

const NAMED = 3;
const MANY = 100;
const SWIFT = 150;

const told = (count: number): string => count.toLocaleString("en-GB");

/** "Bogota, Medellin, Cali and 4 more". */
function namesOf(spots: readonly Spot[]): string {
  const ranked = [...spots].sort((a, b) => b.count - a.count).map(({ place }) => place.label);
  const rest = ranked.length - NAMED;
  return rest > 0 ? `${ranked.slice(0, NAMED).join(", ")} and ${told(rest)} more` : ranked.join(", ");
}

export class Pins {
  private clusters = new Clusters([]);
  private shown = new Map<string, Marker>();

  constructor(
    private readonly map: GlMap,
    private readonly host: HTMLElement,
  ) {
    map.on("moveend", () => this.draw());
  }

  show(spots: readonly Spot[]): void {
    this.clusters = new Clusters(spots);
    this.draw();
  }

  /** Those in view, by size; what stays keeps its element, and with it the focus. */
  private draw(): void {
    const bounds = this.map.getBounds();
    const sides = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()] as const;
    const wanted = this.clusters.within([...sides], this.map.getZoom());
    const before = this.shown;
    this.shown = new Map(wanted.map((each) => [each.key, before.get(each.key) ?? this.place(each)]));
    for (const [key, marker] of before) if (!this.shown.has(key)) marker.remove();
    const focused = [...this.shown.values()].some((marker) => marker.getElement() === document.activeElement);
    if (focused) return;
    for (const marker of this.shown.values()) {
      const element = marker.getElement();
      element.parentElement?.append(element);
    }
  }

  private place(cluster: Cluster): Marker {
    const element = cluster.spots.length > 1 ? this.clusterPin(cluster) : pin(cluster);
    element.append(told(cluster.count), nameTag(namesOf(cluster.spots)));
    return new Marker({ element }).setLngLat([cluster.longitude, cluster.latitude]).addTo(this.map);
  }

  private clusterPin(cluster: Cluster): HTMLElement {
    const made = document.createElement("button");
    made.type = "button";
    made.className = cluster.count >= MANY ? "pin cluster many" : "pin cluster";
    made.setAttribute("aria-label", `${told(cluster.count)} in ${told(cluster.spots.length)} places: ${namesOf(cluster.spots)}`);
    made.addEventListener("click", () => this.open(cluster, made));
    return made;
  }

  /** Zoom to where it parts; what no zoom parts becomes a list. */
  private open(cluster: Cluster, from: HTMLElement): void {
    const { longitude, latitude, opensAt, spots } = cluster;
    if (opensAt <= DEEPEST && opensAt <= this.map.getMaxZoom()) {
      this.map.once("moveend", () => this.focusFirst(spots));
      this.map.easeTo({ center: [longitude, latitude], zoom: opensAt + 0.2, duration: SWIFT });
      return;
    }
    const box = from.getBoundingClientRect();
    const around = this.host.getBoundingClientRect();
    const entries = spots.map(({ place, count }) => ({ label: place.label, href: place.href, note: told(count) }));
    const title = `${told(spots.length)} places at one spot`;
    openList(this.host, title, entries, [box.left - around.left, box.bottom - around.top + 4], from);
  }

  /** After opening by keyboard the focus goes to the largest of what was inside. */
  private focusFirst(spots: readonly Spot[]): void {
    if (this.host.contains(document.activeElement) && document.activeElement !== this.map.getCanvas()) return;
    const labels = new Set(spots.map(({ place }) => place.id));
    for (const [key, marker] of this.shown) {
      if (!labels.has(key.split(" ")[0] ?? "")) continue;
      marker.getElement().focus({ preventScroll: true });
      return;
    }
  }
}

function pin({ spots, count }: Cluster): HTMLElement {
  const { place } = spots[0]!;
  const made = document.createElement("a");
  made.className = "pin";
  made.href = place.href;
  made.setAttribute("aria-label", `${place.label}: ${told(count)}`);
  return made;
}

function nameTag(words: string): HTMLElement {
  const made = document.createElement("span");
  made.className = "pin-name";
  made.textContent = words;
  return made;
}
