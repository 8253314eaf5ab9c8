// The HTML report in Debian's chromium: what it shows, what a person can do with it, and that nothing from the
// tree under report runs. usage: run.mjs --weft PROGRAM --root CHECKOUT --out FOLDER [--files N]
//
// Reports of five trees are opened in one browser: the example bot, one where nothing remains, one that tries to
// inject markup, one with old callers, and a large one. Screenshots are left in FOLDER. Exit status 1 when something is not as it should be.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { HOSTILE, writeDoneTree, writeHostileTree, writeLargeTree } from "./trees.mjs";
import { checkAccessible, checkContrast } from "./accessible.mjs";
import { checkInterface } from "./interface.mjs";

const { values: options } = parseArgs({
  options: { weft: { type: "string" }, root: { type: "string" }, out: { type: "string" }, files: { type: "string", default: "5000" } },
});
const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);
const work = mkdtempSync(join(tmpdir(), "weft-page-"));
mkdirSync(options.out, { recursive: true });

function report(tree, name, rules, more = []) {
  const page = join(work, `${name}.html`);
  const data = join(work, `${name}.json`);
  execFileSync(options.weft, ["report", "-q", "-C", tree, "--pack", rules, "--format", `html:${page}`, "--format", `json:${data}`, ...more], { stdio: ["ignore", "ignore", "inherit"] });
  return { page, data: JSON.parse(readFileSync(data, "utf8")) };
}

// A page that fails the test by itself: on a message of the console, a dialog, or a request to anything else.
async function openPage(browser, file, settings) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "en-US", ...settings });
  const page = await context.newPage();
  page.faults = [];
  page.on("console", (message) => page.faults.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => page.faults.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => page.faults.push(`dialog: ${dialog.message()}`));
  page.on("request", (request) => request.url().split("#")[0] === `file://${file}` || request.url().startsWith("data:") || page.faults.push(`request: ${request.url()}`));
  await page.addInitScript(() => {
    window.hits = 0;
    window.hit = () => window.hits++;
  });
  await page.goto(`file://${file}`);
  return page;
}

async function closePage(page) {
  assert.deepEqual(page.faults, []);
  await page.context().close();
}

const texts = (locator) => locator.evaluateAll((all) => all.map((element) => element.textContent));

// ---- what the page shows and does ----------------------------------------------------------------

async function checkNumbers(page, data) {
  const summary = await page.locator("#summary").innerText();
  for (const number of [data.complexity_score, data.total_accesses, data.files_requiring_migration, data.total_files])
    assert.ok(summary.includes(String(number)), `the summary lacks ${number}`);
  for (const [outcome, count] of Object.entries(data.outcomes))
    if (count > 0) assert.match(summary, new RegExp(`${outcome}\\s+${count}\\b`));
  for (const { code } of [...data.refusals, ...data.warnings]) assert.ok(summary.includes(code), `no ${code}`);
}

// What the page prints is what the other formats print: tests/formats/run_figures.py has compared those.
async function checkFigures(page, data) {
  const figures = await page.locator("#summary .figures").innerText();
  for (const text of [`${data.isolation.coverage_percent.toFixed(1)}\u00a0%`, `${data.isolation.isolated} of ${data.total_accesses} accesses`, `${data.work.sites} refused, bridged or doubtful sites`])
    assert.ok(figures.includes(text), `the summary lacks '${text}': ${figures}`);
  const labels = await texts(page.locator("#flow svg text"));
  for (const [family, { accesses }] of Object.entries(data.migration_summary))
    if (accesses > 0) assert.ok(labels.some((label) => label === `${family}${accesses}`), `the flow does not say ${accesses} of ${family}: ${labels}`);
  const hub = data.chains.hubs[0];
  await page.locator("#summary table button", { hasText: hub.function.split(".").slice(-2).join(".") }).first().click();
  assert.ok((await page.locator(".about").innerText()).includes(`accesses through it: ${hub.accesses}`), "Calls and Summary differ about a function");
  const tile = await page.locator(".map .tile:not(.frame)").first().innerText();
  assert.match(tile, /\d+ points\nrisk (low|medium|high|critical)/);
  const frame = await page.locator(".map .tile.frame").first().evaluate((element) => getComputedStyle(element).borderTopColor);
  assert.notEqual(frame, await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
}

// Whose numbers these are.
async function checkMade(page, data, date) {
  const footer = await page.locator("footer").innerText();
  for (const text of [data.tool.version, "maibot", date]) assert.ok(footer.includes(text), `the page does not say '${text}': ${footer}`);
  assert.match(footer, /commit [0-9a-f]{12}|no commit/);
}

async function checkFilesTable(page, data) {
  const rows = page.locator("table.files tbody tr");
  assert.equal(await rows.count(), data.files_requiring_migration);
  await page.locator('[data-column="accesses"]').click();
  assert.equal(await page.locator('th:has([data-column="accesses"])').getAttribute("aria-sort"), "descending");
  const counts = (await texts(page.locator("table.files tbody td:nth-child(2)"))).map(Number);
  assert.deepEqual(counts, data.file_analyses.map((file) => file.accesses).sort((a, b) => b - a));
  await page.locator('[data-column="accesses"]').press("Enter");
  assert.equal(await page.locator('th:has([data-column="accesses"])').getAttribute("aria-sort"), "ascending");

  const inFolder = data.file_analyses.filter((file) => file.path.includes("src/chat/"));
  await page.getByLabel("Filter by path").fill("SRC/chat/");
  assert.equal(await rows.count(), inFolder.length);
  assert.ok(inFolder.length > 0 && inFolder.length < data.files_requiring_migration);
  assert.equal(await page.locator("#files [role=status]").innerText(), `${inFolder.length} of ${data.files_requiring_migration} files`);
  await page.locator("#files").getByLabel("Risk").selectOption("low");
  assert.equal(await rows.count(), inFolder.filter((file) => file.risk_level === "low").length);
  await page.getByLabel("Filter by path").fill("no such file");
  assert.equal(await page.locator("#files [role=status]").innerText(), "No file fits.");
  await page.getByLabel("Filter by path").fill("");
  await page.locator("#files").getByLabel("Risk").selectOption("");
}

async function checkDetails(page, data) {
  const file = data.file_analyses.find((entry) => entry.path === "src/chat/heart_flow/heartflow.py");
  const opener = page.locator("table.files tbody button", { hasText: file.path });
  await opener.press("Enter");
  const dialog = page.locator("dialog[open]");
  assert.equal(await dialog.locator("h2").innerText(), file.path);
  assert.equal(await dialog.locator(".source").count(), file.accesses);
  assert.deepEqual(await texts(dialog.locator(".source")), file.details.map((access) => access.source_line));
  assert.equal(await dialog.locator("tr.insertion").count(), file.insertions);
  assert.equal(await dialog.locator("tr.deletion").count(), file.deletions);
  const changes = dialog.locator("details.part").nth(1);
  await changes.locator("> summary").click();
  assert.equal(await changes.locator("li").count(), file.changes);
  assert.match(await changes.innerText(), /parameter of\s+src\.chat\.heart_flow\.heartflow\.Heartflow\.__init__/);
  await dialog.locator(".chain-box > summary").first().click();
  assert.match(await dialog.locator(".chain").first().innerText(), /begins here/);
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("dialog").count(), 0);
  assert.ok(await opener.evaluate((element) => element === document.activeElement), "the focus is not where it was");
}

async function checkKeyboard(page) {
  await page.keyboard.press("Tab"); // on a page that was just opened
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");

  const focused = () => page.evaluate(() => document.activeElement.getAttribute("aria-label"));
  await page.locator(".map button[tabindex='0']").focus();
  assert.equal(await page.locator(".map button[tabindex='0']").count(), 1);
  const first = await focused();
  await page.keyboard.press("ArrowDown");
  const second = await focused();
  assert.notEqual(second, first);
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), "none");
  const crumbs = await page.locator(".crumbs button").count();
  await page.locator(".map button.frame").first().press("Enter");
  assert.ok((await page.locator(".crumbs button").count()) > crumbs, "the folder did not open");
  await page.locator(".crumbs button").first().press("Enter");

  const search = page.getByRole("combobox", { name: "Search for a function" });
  await search.fill("get_or_create_heartflow");
  assert.equal(await search.getAttribute("aria-expanded"), "true");
  await search.press("ArrowDown");
  assert.equal(await search.getAttribute("aria-activedescendant"), "function-option-0");
  await search.press("Enter");
  assert.match(await page.locator(".node.here").innerText(), /get_or_create_heartflow_chat/);
  assert.ok((await page.locator(".neighbours li").count()) > 0);
  const before = await page.locator(".about .name").innerText();
  await page.locator(".node:not(.here)").first().press("Enter");
  assert.notEqual(await page.locator(".about .name").innerText(), before);
}

async function checkPictures(page, data) {
  const flows = await texts(page.locator("#flow .alternative tbody tr"));
  assert.ok(flows.some((row) => row.startsWith("message")), "no flow from messages");
  assert.ok((await page.locator("#flow path.flow").count()) > 3);
  const total = await page.locator("#map .alternative tbody td:nth-child(2)").evaluateAll((all) => all.reduce((sum, cell) => sum + Number(cell.textContent), 0));
  assert.equal(total, data.total_accesses);
}

// Both languages have every word, and the page changes at once.
async function checkLanguages(page) {
  const [english, chinese] = await Promise.all(["en", "zh"].map(async (name) => (await import(join(options.root, `web/src/words_${name}.js`))).default));
  const missing = Object.keys(english).filter((key) => !(key in chinese));
  assert.deepEqual(missing, [], "words_zh.js lacks these");
  const codes = readFileSync(join(options.root, "rewriter/source/diagnostic_codes.def"), "utf8").match(/W[23]\d\d(?=, WARNING)/g);
  assert.deepEqual(codes.filter((code) => !chinese[`code.${code}`]), [], "codes without a Chinese title");
  const outcomes = readFileSync(join(options.root, "rewriter/solve/outcomes.def"), "utf8").matchAll(/^OUTCOME\(\w+, "(\w+)"/gm);
  const unnamed = [...outcomes].filter(([, name]) => !chinese[`outcome.${name}`] || !chinese[`explained.${name}`]);
  assert.deepEqual(unnamed, [], "outcomes without Chinese words");
  const advice = await texts(page.locator(".advice li"));
  await page.getByRole("button", { name: "Switch to Chinese" }).click();
  const translated = await texts(page.locator(".advice li"));
  assert.equal(translated.length, advice.length);
  for (const [i, text] of advice.entries()) {
    assert.match(translated[i], /[一-鿿]/, `not in Chinese: ${translated[i]}`);
    for (const name of text.match(/W\d{3}|--types \w+|\w+(\.\w+)+/g) ?? [])
      assert.ok(translated[i].includes(name), `'${translated[i]}' does not name ${name}`);
  }
  assert.equal(await page.evaluate(() => document.documentElement.lang), "zh-CN");
  assert.equal(await page.locator("#summary-title").innerText(), chinese.summary);
  assert.ok(await page.evaluate(() => document.activeElement.id === "language"));
  await page.getByRole("button", { name: chinese.languageLabel }).click();
  assert.equal(await page.locator("#summary-title").innerText(), english.summary);
}

async function checkThemes(page) {
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const seen = { [await ground()]: "system" };
  assert.match(await page.locator("#theme").innerText(), /system/);
  await page.locator("#theme").click();
  assert.equal(seen[await ground()], "system"); // the test's system is light
  assert.match(await page.locator("#theme").innerText(), /light/);
  await page.locator("#theme").click();
  assert.equal(seen[await ground()], undefined);
  assert.match(await page.locator("#theme").innerText(), /dark/);
  await page.locator("#theme").click();
}

// The course has a chart for each number, and a row for each run.
async function checkCourse(page, data) {
  assert.equal(data.history.length, 2);
  assert.equal(await page.locator("#trend svg[role=img]").count(), 4);
  assert.match(await page.locator("#trend svg").first().getAttribute("aria-label"), new RegExp(`${data.total_accesses} now`));
  assert.deepEqual(await texts(page.locator("#trend tbody th")), ["2026-01-01 00:00:00", "2026-01-31 12:00:00"]);
}

async function checkBot(browser) {
  const course = (date) => report(join(options.root, "fixtures/maibot"), "bot", "maibot", ["--history", join(work, "history.jsonl"), "--date", date]);
  course("2026-01-01");
  const { page: file, data } = course("2026-01-31T12:00:00Z");
  const page = await openPage(browser, file);
  await checkKeyboard(page);
  await checkNumbers(page, data);
  await checkFigures(page, data);
  await checkMade(page, data, "2026-01-31 12:00:00Z");
  await checkFilesTable(page, data);
  await checkDetails(page, data);
  await checkPictures(page, data);
  await checkCourse(page, data);
  await checkLanguages(page);
  await checkThemes(page);
  await checkAccessible(page);
  await closePage(page);

  for (const [width, colorScheme, locale] of [[1280, "light", "en-US"], [1280, "dark", "zh-CN"], [390, "light", "zh-CN"], [390, "dark", "en-US"]]) {
    const view = await openPage(browser, file, { viewport: { width, height: 844 }, colorScheme, locale });
    assert.equal(await view.evaluate(() => document.documentElement.lang), locale === "zh-CN" ? "zh-CN" : "en");
    assert.ok(await view.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `wider than ${width} pixels`);
    await checkContrast(view);
    const picture = join(options.out, `report-${width}-${colorScheme}.png`);
    await view.screenshot({ path: picture, fullPage: true });
    assert.ok(statSync(picture).size > 20000, "the screenshot is empty");
    await closePage(view);
  }
}

// ---- what the tree must not do -------------------------------------------------------------------

const FOREIGN = "img, iframe, object, embed, base, a, form, meta, script, style, [onerror], [onload], [onfocus], [onmouseover], [href]";
const PLAIN = /^[\x20-\x7e]*$/;

async function checkHostile(browser) {
  writeHostileTree(join(work, "hostile"));
  const { page: file, data } = report(join(work, "hostile/tree"), "hostile", join(work, "hostile/rules.yml"));
  assert.ok(data.files_requiring_migration > 2 * HOSTILE.length, "the hostile files are not in the report");
  const page = await openPage(browser, file);
  const before = await page.evaluate(() => document.querySelectorAll("script, style").length);
  const dialogs = await page.evaluate(async ([count, FOREIGN]) => {
    const shown = [];
    for (let row = 0; row < count; row++) {
      location.hash = `#file-${row}`;
      while (!document.querySelector("dialog[open]")) await new Promise((go) => setTimeout(go));
      const dialog = document.querySelector("dialog[open]");
      shown.push({
        title: dialog.querySelector("h2").textContent,
        text: dialog.textContent,
        foreign: dialog.querySelectorAll(FOREIGN).length,
        lines: [...dialog.querySelectorAll(".source")].map((line) => line.textContent),
      });
      dialog.querySelector(".close").click();
      while (document.querySelector("dialog")) await new Promise((go) => setTimeout(go));
    }
    return shown;
  }, [data.files_requiring_migration, FOREIGN]);
  dialogs.forEach(({ title, text, lines, foreign }, row) => {
    const { path } = data.file_analyses[row];
    assert.equal(foreign, 0, `${path} became more than text`);
    assert.doesNotMatch(text, /[\u0000-\u0008\u000a-\u001f\u007f\u2028-\u202e]/, "a control character is shown as it is");
    // The line is text, whole, but for characters that show nothing.
    const hostile = HOSTILE[path.match(/^code\/c(\d+)\.py$/)?.[1]];
    if (hostile && PLAIN.test(hostile)) assert.ok(lines.some((line) => line.endsWith(`# ${hostile}`)), `the code of ${path} is not there`);
    if (PLAIN.test(path)) assert.equal(title, path);
  });
  const after = await page.evaluate((FOREIGN) => ({
    hits: window.hits,
    scripts: document.querySelectorAll("script, style").length,
    foreign: document.querySelectorAll(`:is(#page, dialog) :is(${FOREIGN})`).length,
    meta: document.querySelectorAll("meta[http-equiv]").length,
  }), FOREIGN);
  assert.deepEqual(after, { hits: 0, scripts: before, foreign: 0, meta: 1 });
  await closePage(page);

  // Were there a way in, the policy would still run nothing.
  const locked = await openPage(browser, file);
  await locked.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "hit()";
    document.body.append(script);
    const image = document.createElement("div");
    image.innerHTML = "<img src=x onerror=hit()>";
    document.body.append(image);
  });
  await locked.waitForTimeout(50);
  assert.equal(await locked.evaluate(() => window.hits), 0);
  assert.ok(locked.faults.some((fault) => /Content Security Policy/.test(fault)), "no policy stopped it");
  await locked.context().close();
}

// A tree in which nothing remains.
async function checkDone(browser) {
  writeDoneTree(join(work, "done"));
  const { page: file } = report(join(work, "done/tree"), "done", join(work, "done/rules.yml"));
  const page = await openPage(browser, file);
  assert.match(await page.locator("main").innerText(), /no access needs a context/);
  assert.equal(await page.locator("section").count(), 1);
  await checkAccessible(page);
  await closePage(page);
}

const PATIENCE = 120_000; // milliseconds: a browser gets little of a busy machine

// ---- a large tree --------------------------------------------------------------------------------

// Processor time of the page's thread, which does not depend on what else the machine does.
async function secondsToOpen(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  await page.reload({ timeout: PATIENCE });
  await page.locator("table.files tbody tr").first().waitFor();
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration").value;
}

async function checkLarge(browser) {
  const count = Number(options.files);
  writeLargeTree(join(work, "large"), count);
  const { page: file, data } = report(join(work, "large/tree"), "large", join(work, "large/rules.yml"));
  assert.ok(data.files_requiring_migration >= count);
  const page = await openPage(browser, file);
  const seconds = await secondsToOpen(page);
  assert.ok((await page.locator("*").count()) < 8000, "too much is built at once");
  const files = data.file_analyses.filter((entry) => entry.path.includes("p7/m35")).length;
  assert.ok(files > 0);
  await page.getByLabel("Filter by path").fill("p7/m35");
  assert.equal(await page.locator("table.files tbody tr").count(), files);
  await page.locator("table.files tbody button").first().click();
  await page.locator("dialog[open] tr.insertion").first().waitFor();
  const size = statSync(file).size;
  console.log(`${count} files: ${(size / 1e6).toFixed(1)} MB, open after ${seconds.toFixed(2)} s of the browser`);
  assert.ok(seconds < 5, "the page takes too long to open");
  await closePage(page);
}

function checkPublicInterface(browser) {
  return checkInterface(browser, { weft: options.weft, work, out: options.out, open: openPage, close: closePage, accessible: checkAccessible });
}

async function main() {
  if (!CHROMIUM) throw new Error("chromium is not installed: run ./bootstrap.sh test");
  const { chromium } = createRequire(join(options.root, "web/package.json"))("playwright-core");
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  try {
    for (const check of [checkBot, checkDone, checkHostile, checkPublicInterface, checkLarge]) {
      const start = performance.now();
      await check(browser);
      console.log(`${check.name}: ${Math.round(performance.now() - start)} ms`);
    }
  } finally {
    await browser.close();
    rmSync(work, { recursive: true, force: true });
  }
}

await main();
