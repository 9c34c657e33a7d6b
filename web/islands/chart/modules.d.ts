/** The one step of the force layout, which the package does not describe. */
declare module "graphology-layout-forceatlas2/iterate.js" {
  import type { ForceAtlas2Settings } from "graphology-layout-forceatlas2";
  export default function iterate(
    settings: Required<ForceAtlas2Settings>,
    nodes: Float32Array,
    edges: Float32Array,
  ): void;
}

/** The address of the layout's worker, bundled by itself. */
declare module "worker:./settle.ts" {
  const address: string;
  export default address;
}
