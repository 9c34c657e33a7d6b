/** The histogram island: how many at what time, and days to choose for every drawing on the page. */
import { brush } from "./brush";
import { daysOf } from "./time";
import { loadJson } from "./time-load";
import type { Days, HistogramData, Mount } from "./types";

export const mount: Mount = async (host) => {
  const { bins } = await loadJson<HistogramData>(host);
  const moments = bins.flatMap(({ start, count }) => new Array<Days>(count).fill(daysOf(start)));
  host.replaceChildren();
  brush(
    host,
    () => moments,
    () => undefined,
  );
};
