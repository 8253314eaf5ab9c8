// The extension for VS Code: what its manifest says, what its package has, and a session with `weft lsp` by the library
// that VS Code's client speaks with.
//
//     node tests/lsp/run_vscode.mjs --weft build/release/weft
//
// Without editors/vscode/node_modules (npm ci there) the session is left out, and 77 says so.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const weft = resolve(process.argv[process.argv.indexOf("--weft") + 1]);
const folder = join(dirname(fileURLToPath(import.meta.url)), "../../editors/vscode");
const read = (name) => JSON.parse(readFileSync(join(folder, name), "utf8"));

const RULES = `version: 1
context: { parameter: ctx, type: app.iso.Ctx, dimensions: [tenant], ambient: app.iso.now }
sinks:
  - { id: settings, family: config, symbol: app.config.settings, replace: "app.iso.settings({context})" }
boundaries:
  - { id: inbound, function: app.bot.on_message, origin: message, create: "app.iso.enter({parameter:raw})" }
`;
const TREE = {
  "weft.yml": RULES,
  "app/__init__.py": "",
  "app/config.py": "settings = object()\n",
  "app/bot.py": "from app.work import work\n\n\ndef on_message(raw):\n    return work(raw)\n",
  "app/work.py": "from app.config import settings\n\n\ndef work(raw):\n    return settings.b\n",
};

// Every %word% of the manifest is there in both languages, and trust is honoured.
function checkManifest() {
  const manifest = read("package.json"), english = read("package.nls.json"), chinese = read("package.nls.zh-cn.json");
  const used = [...JSON.stringify(manifest).matchAll(/"%(\w+)%"/g)].map(([, word]) => word).sort();
  assert.deepEqual(Object.keys(english).sort(), [...new Set(used)]);
  assert.deepEqual(Object.keys(chinese).sort(), Object.keys(english).sort());
  for (const text of Object.values(chinese)) assert.match(text, /[一-鿿]/);
  const settings = manifest.contributes.configuration.properties;
  assert.equal(settings["weft.path"].scope, "machine"); // no folder says which program runs
  assert.ok(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations.includes("weft.path"));
  const source = readFileSync(join(folder, manifest.main), "utf8");
  for (const { command } of manifest.contributes.commands) assert.ok(source.includes(`"${command}"`), command);
  for (const name of Object.keys(settings)) assert.ok(source.includes(`get("${name.slice(5)}")`), name);
  const version = /VERSION (\d+\.\d+\.\d+)/.exec(readFileSync(join(folder, "../../CMakeLists.txt"), "utf8"))[1];
  assert.equal(manifest.version, version);
  const lock = read("package-lock.json");
  for (const [name, entry] of Object.entries(lock.packages)) assert.ok(name === "" || entry.integrity, `${name} has no integrity`);
}

// The same sources give the same bytes, and they are a zip of the extension.
function checkPackage(work) {
  const pack = () => {
    const done = spawnSync("/usr/bin/python3", [join(folder, "pack.py"), work], { encoding: "utf8" });
    assert.equal(done.status, 0, done.stderr);
    return readFileSync(join(work, `weft-${read("package.json").version}.vsix`));
  };
  const first = pack();
  assert.equal(first.subarray(0, 2).toString(), "PK");
  assert.ok(first.equals(pack()));
  for (const name of ["extension.vsixmanifest", "[Content_Types].xml", "extension/package.json", "extension/extension.js"])
    assert.ok(first.includes(name), name);
}

async function checkSession(work) {
  const { createProtocolConnection, StreamMessageReader, StreamMessageWriter } =
    createRequire(join(folder, "package.json"))("vscode-languageserver-protocol/node");
  for (const [name, text] of Object.entries(TREE)) {
    mkdirSync(dirname(join(work, name)), { recursive: true });
    writeFileSync(join(work, name), text);
  }
  const uri = (name) => pathToFileURL(join(work, name)).href;
  const server = spawn(weft, ["lsp"], { stdio: ["pipe", "pipe", "inherit"] });
  const connection = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
  const said = new Promise((found) =>
    connection.onNotification("textDocument/publishDiagnostics", (params) => {
      if (params.uri === uri("app/work.py") && params.diagnostics.length > 0) found(params.diagnostics);
    }));
  connection.listen();
  const answer = await connection.sendRequest("initialize", {
    processId: process.pid, rootUri: uri("."), capabilities: {}, locale: "zh-cn",
    workspaceFolders: [{ uri: pathToFileURL(work).href, name: "tree" }],
  });
  assert.equal(answer.capabilities.textDocumentSync.change, 2);
  await connection.sendNotification("initialized", {});
  const [diagnostic] = await said;
  assert.match(diagnostic.message, /[一-鿿]/);
  const actions = await connection.sendRequest("textDocument/codeAction", {
    textDocument: { uri: uri("app/work.py") }, range: diagnostic.range, context: { diagnostics: [diagnostic] },
  });
  const change = actions.find((action) => action.kind === "refactor.rewrite");
  const resolved = await connection.sendRequest("codeAction/resolve", change);
  const files = resolved.edit.documentChanges.map((entry) => entry.textDocument?.uri ?? entry.uri);
  assert.ok(files.includes(uri("app/work.py")) && files.includes(uri("app/bot.py")), files.join());
  // A rule file: the keys of a map, and a name of the tree.
  const rules = { uri: uri("weft.yml"), languageId: "yaml", version: 1, text: RULES.replace("app.config.settings,", "app.conf,") };
  await connection.sendNotification("textDocument/didOpen", { textDocument: rules });
  const line = rules.text.split("\n").findIndex((row) => row.includes("app.conf,"));
  const character = rules.text.split("\n")[line].indexOf("app.conf,") + "app.conf".length;
  const offered = await connection.sendRequest("textDocument/completion", { textDocument: { uri: rules.uri }, position: { line, character } });
  assert.ok(offered.items.some((item) => item.label === "app.config.settings"), JSON.stringify(offered));
  await connection.sendRequest("shutdown");
  await connection.sendNotification("exit");
  assert.equal(await new Promise((ended) => server.on("exit", ended)), 0);
}

const work = mkdtempSync(join(tmpdir(), "weft-vscode-"));
try {
  checkManifest();
  checkPackage(work);
  if (!existsSync(join(folder, "node_modules/vscode-languageserver-protocol"))) {
    console.log("no node_modules: the session is left out");
    process.exitCode = 77;
  } else {
    await checkSession(join(work, "tree"));
    console.log("VS Code's library speaks with weft lsp");
  }
} finally {
  rmSync(work, { recursive: true });
}
