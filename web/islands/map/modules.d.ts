/** Outlines of the world, copied beside the scripts; the import is their address. */
declare module "url:world-atlas/*" {
  const address: string;
  export default address;
}

/** The address of the map's worker, bundled by itself. */
declare module "worker:./worker.ts" {
  const address: string;
  export default address;
}

/** The package's own worker, which it does not describe. */
declare module "maplibre-gl/dist/maplibre-gl-worker.mjs" {
  export default class MapWorker {}
}
