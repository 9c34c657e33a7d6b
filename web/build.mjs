// Bundles styles and scripts of one side (the officers' pages, or the window) into the folder named on the command
// line, with content hashes in every name, and writes manifest.json: {"app.css": "app-XXXX.css", ...}.
// Called by tools/build_web.py.
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { build } from "esbuild";
import { compileAsync } from "sass";

const [side, outdir] = process.argv.slice(2);
const entries = {
  inside: { app: "web/islands/app.ts", "app-style": "web/styles/app.css" },
  window: { window: "web/window/window.ts", "window-style": "web/window/window.css" },
}[side];
if (!outdir || !entries) throw new Error("usage: node web/build.mjs inside|window OUTPUT_FOLDER");
const require = createRequire(import.meta.url);
const shared = { bundle: true, minify: true, target: ["chrome120", "firefox121", "safari17"], logLevel: "warning" };

/** `url:PACKAGE/FILE` is copied beside the scripts; the import is its address. */
const copied = {
  name: "copied",
  setup(builder) {
    builder.onResolve({ filter: /^url:/ }, ({ path: wanted }) => ({
      path: require.resolve(wanted.slice("url:".length)),
      namespace: "copied",
    }));
    builder.onLoad({ filter: /.*/, namespace: "copied" }, async ({ path: file }) => ({
      contents: await readFile(file),
      loader: "file",
    }));
  },
};

/** `worker:./FILE.ts` (or a package's file) is bundled by itself: a strict policy allows no worker from a blob. */
const workers = {
  name: "workers",
  setup(builder) {
    builder.onResolve({ filter: /^worker:/ }, ({ path: wanted, resolveDir }) => {
      const name = wanted.slice("worker:".length);
      const file = name.startsWith(".") ? path.resolve(resolveDir, name) : require.resolve(name);
      return { path: file.replace(/\.m?[jt]s$/, ".js"), namespace: "worker", pluginData: file };
    });
    builder.onLoad({ filter: /.*/, namespace: "worker" }, async ({ pluginData: file }) => {
      const format = file.endsWith(".ts") ? "iife" : "esm";
      const made = await build({ ...shared, entryPoints: [file], format, write: false });
      return { contents: made.outputFiles[0].contents, loader: "file", watchFiles: [file] };
    });
  },
};

/** Every browser we support reads woff2; the older format would double the size of the wheel. */
const onlyWoff2 = {
  name: "only-woff2",
  setup(builder) {
    builder.onLoad({ filter: /@fontsource[\\/].*\.css$/ }, async ({ path: file }) => {
      const css = await readFile(file, "utf8");
      return { contents: css.replaceAll(/,\s*url\([^)]*\.woff\)\s*format\(['"]woff['"]\)/g, ""), loader: "css" };
    });
  },
};

/** The window's styles stand on govuk-frontend's, which are written in Sass. */
const sass = {
  name: "sass",
  setup(builder) {
    builder.onLoad({ filter: /\.scss$/ }, async ({ path: file }) => {
      const { css, loadedUrls } = await compileAsync(file, { quietDeps: true });
      return { contents: css, loader: "css", watchFiles: loadedUrls.map(({ pathname }) => pathname) };
    });
  },
};

const made = await build({
  ...shared,
  entryPoints: entries,
  outdir,
  entryNames: "[name]-[hash]",
  chunkNames: "part-[name]-[hash]",
  assetNames: "[name]-[hash]",
  format: "esm",
  splitting: true,
  publicPath: "/static/built",
  loader: { ".woff2": "file" },
  metafile: true,
  plugins: [copied, workers, sass, onlyWoff2],
});

const manifest = {};
for (const [file, { entryPoint }] of Object.entries(made.metafile.outputs)) {
  const entry = Object.entries(entries).find(([, source]) => source === entryPoint)?.[0];
  if (entry) manifest[entry.endsWith("-style") ? `${entry.replace("-style", "")}.css` : `${entry}.js`] = path.basename(file);
  if (file.endsWith(".css") && !entryPoint) manifest["islands.css"] = path.basename(file);
}
await writeFile(path.join(outdir, "manifest.json"), `${JSON.stringify(manifest, null, 1)}\n`);

// What is printed (PDF) needs fonts as TrueType, with letters for Cyrillic, Greek, Hebrew and Arabic; not for browsers.
if (side === "inside") {
  const print = path.join(outdir, "print");
  const faces = path.dirname(require.resolve("dejavu-fonts-ttf/package.json"));
  await mkdir(print);
  for (const face of ["SansCondensed", "SansCondensed-Bold", "SansCondensed-Oblique", "SansMono"])
    await copyFile(path.join(faces, "ttf", `DejaVu${face}.ttf`), path.join(print, `DejaVu${face}.ttf`));
  await copyFile(path.join(faces, "LICENSE"), path.join(print, "LICENSE.txt"));
}
