/** The map itself: MapLibre without any network, its zoom buttons and its credit. */
import { LngLatBounds, Map as GlMap, setWorkerCount, setWorkerUrl } from "maplibre-gl";
import worker from "worker:./worker.ts";
import { toolButton } from "../time-axis";
import type { MapPlace } from "../types";
import { followTheme, styleOf } from "./style";
import { FINE_FROM, loadWorld } from "./world";
import type { GeoJSONSource } from "maplibre-gl";

const CLOSEST = 13;
const FIT = { padding: 48, maxZoom: 9, duration: 0 };
const SWIFT = { duration: 150 };

export const hasWebGl = (): boolean => document.createElement("canvas").getContext("webgl2") !== null;

/** The map in its element, fitted to the places, ready to take pins. */
export async function makeMap(element: HTMLElement, places: readonly MapPlace[]): Promise<GlMap> {
  setWorkerUrl(new URL(worker, location.href).href);
  setWorkerCount(1);
  const world = await loadWorld("coarse");
  const container = document.createElement("div");
  element.append(container);
  const bounds = boundsOf(places);
  const map = new GlMap({
    container,
    style: styleOf(world),
    bounds,
    fitBoundsOptions: FIT,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    renderWorldCopies: false,
    fadeDuration: 0,
    maxZoom: CLOSEST,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  leaveTheWheel(container);
  element.append(zoomButtons(map, bounds), credit());
  await new Promise<void>((ready) => void map.once("style.load", () => ready()));
  followTheme(map);
  refineWhenNear(map);
  return map;
}

function boundsOf(places: readonly MapPlace[]): LngLatBounds {
  const bounds = new LngLatBounds();
  for (const { longitude, latitude } of places) bounds.extend([longitude, latitude]);
  return bounds;
}

/** The wheel alone scrolls the page; with Ctrl, as with two fingers, it zooms: the same as on the timeline. */
function leaveTheWheel(container: HTMLElement): void {
  const keep = (event: WheelEvent): void => {
    if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
  };
  container.addEventListener("wheel", keep, { capture: true });
}

function refineWhenNear(map: GlMap): void {
  const refine = async (): Promise<void> => {
    if (map.getZoom() < FINE_FROM) return;
    map.off("moveend", look);
    const { land, borders } = await loadWorld("fine");
    map.getSource<GeoJSONSource>("land")?.setData(land);
    map.getSource<GeoJSONSource>("borders")?.setData(borders);
  };
  // Without the fine outlines the coarse ones stay; nothing on the page depends on them.
  const look = (): void => void refine().catch(() => undefined);
  map.on("moveend", look);
  look();
}

function zoomButtons(map: GlMap, bounds: LngLatBounds): HTMLElement {
  const made = document.createElement("div");
  made.className = "map-zoom";
  made.append(
    toolButton("+", "Zoom in", () => void map.zoomIn(SWIFT)),
    toolButton("−", "Zoom out", () => void map.zoomOut(SWIFT)),
    toolButton("All", "All places", () => void map.fitBounds(bounds, FIT)),
  );
  return made;
}

function credit(): HTMLElement {
  const made = document.createElement("div");
  made.className = "credit";
  made.textContent = "Natural Earth";
  return made;
}
