// Trees for the tests of the HTML report: one that tries to get out of its place, and a large one.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

const RULES = `version: 1
pack: trees
context:
  parameter: isolation_context
  type: app.isolation.IsolationContext
  dimensions: [tenant_id]
  ambient: app.isolation.current_isolation_context
sinks:
  - id: config
    family: config_system
    symbol: app.config.settings
    replace: app.isolation.get_settings({context})
boundaries:
  - id: inbound
    function: app.bot.on_message
    origin: message
    create: "app.isolation.context_from_message({parameter:raw})"
`;

function write(path, content) {
  const folder = Buffer.isBuffer(path) ? path.subarray(0, path.lastIndexOf("/")) : dirname(path);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, content);
}

function writeFrame(folder) {
  write(`${folder}/rules.yml`, RULES);
  write(`${folder}/tree/app/config.py`, "settings = object()\n");
  write(`${folder}/tree/app/bot.py`, "from app.config import settings\n\n\ndef on_message(raw):\n    return settings.name\n");
}

// What a page must never do with a text: become an element, run, or hide what follows.
export const HOSTILE = [
  "</script><script>hit()</script>",
  "<img src=x onerror=hit()>",
  "<svg onload=hit()>",
  "<!--<script>",
  "-->",
  "]]>",
  "&lt;b&gt;&amp;",
  "<iframe srcdoc='<script>parent.hit()</script>'>",
  "javascript:hit()",
  "\" onmouseover=\"hit()",
  "' onfocus='hit()' autofocus='",
  "<!--weft-data-->",
  "{{script}}",
  "${hit()}",
  "\u001b[31mred\u001b[0m",
  "\u202egnp.exe",
  "\u2028next\u2029",
  "\u0007\u0008",
  "%3Cscript%3E",
  "\\u003cscript\\u003e",
  "$&$1$`",
  "<style>*{display:none}</style>",
  "<base href=https://example.org/>",
  "<meta http-equiv=refresh content=0;url=https://example.org/>",
  "<a href=javascript:hit()>x</a>",
];

function hostileCode(text) {
  const literal = JSON.stringify(text).replace(/[\u0000-\u001f\u007f]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, "0")}`);
  return [
    "from app.config import settings",
    "",
    "",
    `def answer(name):  # ${text.replace(/[\u0000-\u001f\u2028\u2029]/g, " ")}`,
    `    "${text.replace(/[\u0000-\u001f"\\\u2028\u2029]/g, " ")}"`,
    `    return settings.greet(name, ${literal})  # ${text.replace(/[\u0000-\u001f\u2028\u2029]/g, " ")}`,
    "",
  ].join("\n");
}

// Each text is once the name of a file, with what a path can hold, and once code.
export function writeHostileTree(folder) {
  writeFrame(folder);
  HOSTILE.forEach((text, i) => {
    write(`${folder}/tree/names/${text}/${i}.py`, hostileCode("plain"));
    write(`${folder}/tree/code/c${i}.py`, hostileCode(text));
  });
  write(`${folder}/tree/names/new\nline\rand\ttab.py`, hostileCode("plain"));
  write(Buffer.concat([Buffer.from(`${folder}/tree/names/bytes-`), Buffer.from([0xff, 0xfe, 0xc3, 0x28]), Buffer.from(".py")]), hostileCode("plain"));
  write(`${folder}/tree/code/latin.py`, Buffer.concat([Buffer.from("# -*- coding: latin-1 -*-\n"), Buffer.from(hostileCode("caf\u00e9 <b>"), "latin1")]));
}

export function writeDoneTree(folder) {
  writeFrame(folder);
  write(`${folder}/tree/app/bot.py`, "def on_message(raw):\n    return raw\n");
}

// COUNT files in packages of 50, with functions that call into the next file.
export function writeLargeTree(folder, count) {
  writeFrame(folder);
  for (let i = 0; i < count; i++) {
    const next = i + 1 < count && (i + 1) % 50 !== 0 ? `from app.p${Math.floor(i / 50)}.m${i + 1} import work${i + 1}\n` : "";
    const call = next ? `    work${i + 1}(name)\n` : "";
    write(
      `${folder}/tree/app/p${Math.floor(i / 50)}/m${i}.py`,
      `from app.config import settings\n${next}\n\ndef work${i}(name):\n${call}    return settings.names.get(name), settings.limit\n`,
    );
  }
}
