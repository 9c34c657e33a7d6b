/** The address of the log's service worker, bundled by itself. */
declare module "worker:./observing/keeper.ts" {
  const address: string;
  export default address;
}
