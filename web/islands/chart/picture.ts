/** The chart as a PNG, with the page's marking above and below: a picture travels without its page. */
import type { Scene } from "./scene";

const STRIP = 26;
const LAYERS = ["edges", "nodes", "names"];

export function pictureOf(scene: Scene): HTMLCanvasElement {
  const { view, network } = scene;
  const canvases = view.getCanvases();
  const from = canvases["nodes"]!;
  const { width } = view.getDimensions();
  const ratio = from.width / width;
  const strip = Math.round(STRIP * ratio);
  const whole = document.createElement("canvas");
  whole.width = from.width;
  whole.height = from.height + 2 * strip;
  const pen = whole.getContext("2d")!;
  pen.fillStyle = network.palette.paper;
  pen.fillRect(0, 0, whole.width, whole.height);
  view.refresh(); // the WebGL canvases can be read only in the task that drew them
  for (const name of LAYERS) {
    const layer = canvases[name];
    if (layer) pen.drawImage(layer, 0, strip);
  }
  const banner = document.querySelector<HTMLElement>(".banner");
  for (const top of [0, whole.height - strip]) drawBanner(pen, banner, { top, strip, ratio });
  return whole;
}

function drawBanner(
  pen: CanvasRenderingContext2D,
  banner: HTMLElement | null,
  { top, strip, ratio }: { top: number; strip: number; ratio: number },
): void {
  const style = getComputedStyle(banner ?? document.body);
  pen.fillStyle = style.backgroundColor;
  pen.fillRect(0, top, pen.canvas.width, strip);
  pen.fillStyle = style.color;
  pen.font = `600 ${12 * ratio}px "IBM Plex Sans", sans-serif`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText((banner?.textContent ?? "").trim().toUpperCase(), pen.canvas.width / 2, top + strip / 2);
}

export function savePicture(scene: Scene): void {
  pictureOf(scene).toBlob((blob) => {
    if (!blob) return scene.say("the browser could not write the picture");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = "chart.png";
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    scene.say("the picture is saved with the page's marking");
  }, "image/png");
}
