/** The map's worker as one classic script: the package ships a module, and starts what ends in ".js" as a classic. */
import MapWorker from "maplibre-gl/dist/maplibre-gl-worker.mjs";

// Naming the import keeps the bundler from dropping the module for the sake of its effects.
Object.assign(globalThis, { MapWorker });
