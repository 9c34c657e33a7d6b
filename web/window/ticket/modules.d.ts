declare module "worker:./ticket/worker.ts" {
  const address: string;
  export default address;
}
