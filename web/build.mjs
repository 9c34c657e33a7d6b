// Bundles styles and islands into the folder named on the command line, with content hashes in every name,
// and writes manifest.json: {"app.css": "app-XXXX.css", ...}. Called by tools/build_web.py.
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { build } from "esbuild";

const outdir = process.argv[2];
if (!outdir) throw new Error("usage: node web/build.mjs OUTPUT_FOLDER");
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

const made = await build({
  ...shared,
  entryPoints: { app: "web/islands/app.ts", "app-style": "web/styles/app.css" },
  outdir,
  entryNames: "[name]-[hash]",
  chunkNames: "part-[name]-[hash]",
  assetNames: "[name]-[hash]",
  format: "esm",
  splitting: true,
  publicPath: "/static/built",
  loader: { ".woff2": "file" },
  metafile: true,
  plugins: [copied, workers, onlyWoff2],
});

const manifest = {};
for (const [file, { entryPoint }] of Object.entries(made.metafile.outputs)) {
  if (entryPoint === "web/islands/app.ts") manifest["app.js"] = path.basename(file);
  if (entryPoint === "web/styles/app.css") manifest["app.css"] = path.basename(file);
  if (file.endsWith(".css") && !entryPoint) manifest["islands.css"] = path.basename(file);
}
await writeFile(path.join(outdir, "manifest.json"), `${JSON.stringify(manifest, null, 1)}\n`);

// What is printed (PDF) needs fonts as TrueType, with letters for Cyrillic, Greek, Hebrew and Arabic; not for browsers.
const print = path.join(outdir, "print");
const faces = path.dirname(require.resolve("dejavu-fonts-ttf/package.json"));
await mkdir(print);
for (const face of ["SansCondensed", "SansCondensed-Bold", "SansCondensed-Oblique", "SansMono"])
  await copyFile(path.join(faces, "ttf", `DejaVu${face}.ttf`), path.join(print, `DejaVu${face}.ttf`));
await copyFile(path.join(faces, "LICENSE"), path.join(print, "LICENSE.txt"));
