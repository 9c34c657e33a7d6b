import type { Mount } from "./types";
export const mount: Mount = () => {};
