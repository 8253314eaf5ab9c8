// Starts `weft lsp` for the folders that are open, and passes on what it says. The client's library does the rest.
const vscode = require("vscode");
const { LanguageClient, TransportKind } = require("vscode-languageclient/node");

let client;

async function start() {
  const settings = vscode.workspace.getConfiguration("weft");
  // A folder that is not trusted cannot say which program runs: the editor passes over its value.
  const command = settings.get("path") || "weft";
  const language = settings.get("language");
  const args = language ? ["lsp", "--lang", language] : ["lsp"];
  client = new LanguageClient(
    "weft",
    "weft",
    { command, args, transport: TransportKind.stdio },
    {
      documentSelector: [
        { scheme: "file", language: "python" },
        { scheme: "file", language: "c" },
        { scheme: "file", language: "yaml" },
      ],
    },
  );
  await client.start();
}

async function stop() {
  const running = client;
  client = undefined;
  await running?.stop();
}

async function activate(context) {
  context.subscriptions.push(
    vscode.commands.registerCommand("weft.restart", async () => {
      await stop();
      await start();
    }),
    vscode.workspace.onDidChangeConfiguration(async (change) => {
      if (!change.affectsConfiguration("weft")) return;
      await stop();
      await start();
    }),
  );
  await start();
}

module.exports = { activate, deactivate: stop };
