// The part of the page about the public interface: its figures are those of `weft api report` and `weft api diff`, in
// both languages, and names of callers, which anybody can make, stay text.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { HOSTILE } from "./trees.mjs";

const RULES = `version: 1
pack: interface
context: { parameter: isolation_context, type: app.isolation.IsolationContext, dimensions: [tenant_id], ambient: app.isolation.current_isolation_context }
sinks:
  - { id: config, family: config_system, symbol: app.config.settings, replace: "app.isolation.get_settings({context})" }
boundaries:
  - { id: inbound, function: app.bot.on_message, origin: message, create: "app.isolation.context_from_message({parameter:raw})" }
public_api: [app.apis.**]
api:
  usage: var/usage
  counter: app.isolation.legacy.count
  deprecated: 2026-12-01
  sunset: 2027-03-01
  routes: [{ route: GET /users, successor: /v3/users }]
`;
const APIS = `from app.config import settings
from app.isolation import IsolationContext, get_settings
from app.isolation.legacy import count


def nickname(*, isolation_context: IsolationContext | None = None) -> str:
    if isolation_context is None:
        isolation_context = count("app.apis.nickname")
    return get_settings(isolation_context).name


def farewell(text):
    return text
`;

function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

// Callers of all kinds, each with a number of calls of its own.
function usage() {
  const modules = ["weather.plugin", ...HOSTILE];
  return { schema_version: 1, process: 7, written: 1796036400, calls: modules.map((module, i) => ({ api: i % 2 ? "app.apis.nickname" : "app.apis.farewell", module, distribution: i % 3 ? module : null, calls: 3 ** (i % 7), first: 1796036383, last: 1796036390 + i, line: `/plugins/${i}.py:3` })) };
}

function makeTree(folder) {
  const git = (...words) => execFileSync("git", ["-c", "user.name=x", "-c", "user.email=x@example.org", ...words], { cwd: folder, stdio: "ignore" });
  write(join(folder, "weft.yml"), RULES);
  write(join(folder, "app/config.py"), "settings = object()\n");
  write(join(folder, "app/apis.py"), APIS);
  write(join(folder, "app/bot.py"), "from app.apis import farewell, nickname\n\n\ndef on_message(raw):\n    return nickname() + farewell(raw)\n");
  git("init", "-q");
  git("add", "-A");
  git("commit", "-qm", "before");
  write(join(folder, "app/apis.py"), APIS.replace("def farewell(text):", "def farewell(text, kind):"));
  write(join(folder, "var/usage/usage-7-a.json"), JSON.stringify(usage()));
}

async function checkText(section, standing, changes) {
  const { usage_statistics: sums, deprecated_endpoints: endpoints, timeline } = standing;
  const figures = await section.locator(".figure strong").allInnerTexts();
  assert.deepEqual(figures.filter((_, i) => i !== 3), [sums.total_legacy_calls, sums.legacy_callers, sums.legacy_calls_in_tree, changes.breaking].map((value) => value.toLocaleString("en")));
  const [byName, byCaller] = await section.locator("table").evaluateAll((tables) => tables.slice(0, 2).map((table) => [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.innerText))));
  assert.deepEqual(byName, endpoints.map(({ name, legacy_calls: calls, callers, calls_in_tree: sites }) => [name, calls, callers.length, sites.length].map((value) => (typeof value === "number" ? value.toLocaleString("en") : value))));
  const total = byCaller.reduce((sum, row) => sum + Number(row[1].replaceAll(",", "")), 0);
  assert.equal(total, sums.total_legacy_calls);
  assert.equal(byCaller.length, new Set(endpoints.flatMap(({ callers }) => callers.map(({ module }) => module))).size);
  const text = await section.innerText();
  for (const { begins } of timeline.phases) assert.ok(text.includes(begins), begins);
  for (const { object, path, line } of changes.changes) assert.ok(text.includes(object) && text.includes(`${path}:${line}`), object);
  assert.ok(text.includes("GET /users") && text.includes("/v3/users"));
}

// WORK: a folder for what is made here; OUT: for screenshots; OPEN and CLOSE: a page that fails by itself.
export async function checkInterface(browser, { weft, work, out, open, close, accessible }) {
  const tree = join(work, "interface");
  const file = join(work, "interface.html");
  const run = (...words) => execFileSync(weft, [...words, "-C", tree], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  makeTree(tree);
  run("report", "-q", "--date", "2027-01-01", "--before", "HEAD", "--format", `html:${file}`);
  const standing = JSON.parse(run("api", "report", "--format", "json", "--today", "2027-01-01"));
  let changes = "";
  try {
    run("api", "diff", "--format", "json", "--before", "HEAD");
  } catch (error) {
    changes = JSON.parse(error.stdout); // exit status 1: something breaks
  }
  assert.equal(changes.breaking, 1);
  assert.ok(standing.usage_statistics.legacy_calls_in_tree > 0);
  const page = await open(browser, file);
  const section = page.locator("#api");
  await checkText(section, standing, changes);
  assert.equal(await page.evaluate(() => window.hits), 0);
  assert.equal(await section.locator("img, svg, iframe, script, a").count(), 0);
  await section.screenshot({ path: join(out, "interface.png") });
  await accessible(page);
  await page.locator("#language").click();
  const chinese = await section.innerText();
  for (const word of ["按函数统计的旧式调用", "按调用者统计的旧式调用", "期限", "已弃用", "多了一个必需的参数"]) assert.ok(chinese.includes(word), word);
  assert.ok(!/Old calls|Deadlines|deprecated$/m.test(chinese), chinese);
  await section.screenshot({ path: join(out, "interface-zh.png") });
  await close(page);
}
