// Bundles what runs in the browser into app/static/dist: files named after their content, a manifest that says
// which is which, and the licences of everything that went in.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const target = path.join(here, "..", "app", "static", "dist");

const result = await build({
  absWorkingDir: here,
  entryPoints: ["src/pages.js", "src/pages.css", "src/diagram.js", "src/differences.js", "src/editor.js", "src/table.js", "src/writing.js"],
  outdir: target,
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  bundle: true,
  minify: true,
  charset: "utf8",
  format: "iife",
  target: ["es2022"],
  loader: { ".woff2": "file" },
  legalComments: "eof",
  logLevel: "warning",
  metafile: true,
  write: false,
});

// Not until all of it is built does the old one go.
rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
for (const { path: file, contents } of result.outputFiles) {
  writeFileSync(file, contents);
}

const manifest = {};
for (const [file, output] of Object.entries(result.metafile.outputs)) {
  const name = path.basename(file);
  if (output.entryPoint) {
    manifest[path.basename(output.entryPoint)] = name;
  }
  if (output.cssBundle) {
    manifest[path.basename(output.entryPoint).replace(/\.js$/, ".css")] = path.basename(output.cssBundle);
  }
}

const packages = new Set();
for (const input of Object.keys(result.metafile.inputs)) {
  const found = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
  if (found) {
    packages.add(found[1]);
  }
}

function licenceOf(name) {
  const folder = path.join(here, "node_modules", name);
  const { version, license } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? readFileSync(path.join(folder, file), "utf8").trim() : "";
  return `${name} ${version} (${license})\n\n${text}\n`;
}

const rule = `\n${"-".repeat(100)}\n\n`;
writeFileSync(path.join(target, "licences.txt"), [...packages].sort().map(licenceOf).join(rule));
// Last: its presence says that the build is whole.
writeFileSync(path.join(target, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
