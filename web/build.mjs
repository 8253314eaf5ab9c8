// Bundles src/ and the pinned packages into one HTML page without data, and collects the notices of the
// packages that are in it:
//   node build.mjs            writes page.html and THIRD-PARTY-LICENCES.txt, both kept in the repository
//   node build.mjs --check    fails when they are not what it would write
// Styles and script stand in the page, and its Content-Security-Policy allows exactly them, by their
// hashes: nothing that a tree under report brings can run.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const DATA_MARK = "<!--weft-data-->"; // rewriter/report/format_html.c puts the data there

async function bundle(entry) {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2020",
    charset: "utf8",
    legalComments: "none",
    metafile: true,
    write: false,
  });
  return { text: result.outputFiles[0].text.trim(), inputs: Object.keys(result.metafile.inputs) };
}

// Folders of the packages that some input comes from: "node_modules/d3-scale".
function packagesOf(inputs) {
  const folders = new Set();
  for (const input of inputs) {
    const found = input.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//);
    if (found) folders.add(found[1]);
  }
  return [...folders].sort();
}

function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[sc]e/i.test(entry));
  if (!file) throw new Error(`${folder} has no licence file`);
  return `${name} ${version} (${license})\n\n${readFileSync(`${folder}/${file}`, "utf8").trim()}\n`;
}

function hashOf(text) {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

// Functions as replacements: a text with "$&" in it is taken as it is.
function fill(template, values) {
  return template.replace(/\{\{(\w+)\}\}/g, (mark, name) => {
    if (!(name in values)) throw new Error(`nothing to put at ${mark}`);
    return values[name];
  });
}

// Writes FILE, or compares it.
function settle(file, text) {
  if (process.argv[2] !== "--check") return writeFileSync(file, text);
  if (readFileSync(file, "utf8") === text) return;
  console.error(`web/${file} is not what src/ and the pinned packages make: run the target \`page\``);
  process.exitCode = 1;
}

const script = await bundle("src/main.js");
const style = await bundle("src/style.css");
for (const { text } of [script, style])
  if (/<\/(script|style)|<!--/i.test(text)) throw new Error("the bundle would end its own element");

const notices = packagesOf(script.inputs).map(licenceOf).join(`\n${"-".repeat(72)}\n\n`);
settle("THIRD-PARTY-LICENCES.txt", notices);
const html = fill(readFileSync("src/page.html", "utf8"), {
  script: script.text,
  style: style.text,
  scriptHash: hashOf(script.text),
  styleHash: hashOf(style.text),
  licences: notices.replace(/&/g, "&amp;").replace(/</g, "&lt;"),
});
if (html.split(DATA_MARK).length !== 2) throw new Error("the page must have one place for the data");
settle("page.html", html);
