// One file, opened: a dialog with its accesses, its changes and its diff. Built when it is opened.
import { button, h } from "./element.js";
import { briefName, chainFrom, chainTo, detailsOf, files, functions, summary } from "./data.js";
import { formatNumber, has, t, word } from "./language.js";
import { diffView } from "./diff.js";
import { showFunction } from "./graph.js";
import { levelBadge, outcomeBadge, outcomeMeaning, ownWords, pathText } from "./widgets.js";

const ADDRESS = /^#file-(\d+)$/;
const MOST_AT_ONCE = 60; // accesses and changes that are shown before somebody asks for the rest

// ---- accesses ------------------------------------------------------------------------------------

function chainStep(fact, what) {
  return h(
    "li",
    null,
    button(briefName(fact), () => leaveFor(() => showFunction(fact.row)), { class: "link", title: fact.name }),
    " ",
    h("span", { class: "muted" }, `${fact.path}:${fact.line} · ${what}`),
  );
}

function stepText(line) {
  return line > 0 ? t("stepCall", { line }) : t("stepObject");
}

// How a context comes to a function, and on to an access when the function runs none: the shortest way.
function chainList(row) {
  const before = chainTo(row).map((fact, i) =>
    chainStep(fact, i === 0 ? `${t("stepBegins")} (${word("supply", fact.supply)})` : stepText(fact.callLine)));
  const after = chainFrom(row).map((link) => chainStep(functions[link.row], stepText(link.line)));
  const last = functions[chainFrom(row).at(-1)?.row ?? row];
  return h("ol", { class: "chain" }, before, after,
    last.accesses > 0 ? h("li", { class: "muted" }, t("stepNeeds", { count: formatNumber(last.accesses) })) : null);
}

// Built when it is opened: a file may have hundreds.
function chainDetails(row) {
  if (row < 0) return null;
  const details = h("details", { class: "chain-box" }, h("summary", null, t("chain")));
  details.addEventListener("toggle", () => {
    if (details.open && details.children.length === 1) details.append(chainList(row));
  });
  return details;
}

function codeTitle(code) {
  const found = [...summary.refusals, ...summary.warnings].find((entry) => entry.code === code);
  return found ? ownWords("code", code, found.title) : code;
}

function accessItem(access) {
  return h(
    "li",
    null,
    h("div", { class: "item-head" },
      h("span", { class: "muted" }, t("lineNumber", { line: access.line })),
      outcomeBadge(access.outcome),
      h("span", { class: "chip" }, access.family),
      h("span", { class: access.isolated ? "chip good" : "chip" }, access.isolated ? t("isolatedYes") : t("isolatedNo"))),
    h("code", { class: "source" }, access.source_line),
    h("p", null, outcomeMeaning(access.outcome),
      access.code ? [" · ", h("code", null, access.code), " ", codeTitle(access.code)] : null),
    h("p", { class: "muted" }, h("span", { class: "name" }, access.symbol),
      access.origins.length > 0 ? ` · ${t("origins")}: ${access.origins.map((origin) => word("origin", origin)).join(", ")}` : null),
    chainDetails(access.function_row),
  );
}

// ---- changes -------------------------------------------------------------------------------------

// "argument of 'greet'": what it is, and of what.
function reasonText(reason) {
  const found = reason.match(/^([a-z ]+?) '(.*)'$/s);
  if (!found) return h("span", { lang: "en" }, reason);
  const [, kind, name] = found;
  const label = has(`reason.${kind}`) ? t(`reason.${kind}`) : h("span", { lang: "en" }, `${kind} `);
  return [label, h("code", null, name)];
}

function changeItem(change) {
  return h(
    "li",
    null,
    h("div", { class: "item-head" },
      h("span", { class: "muted" }, t("lineNumber", { line: change.line })),
      h("span", { class: "chip" }, change.family),
      change.safety === "safe" ? null : h("span", { class: "chip" }, t("review"))),
    h("p", null, reasonText(change.reason)),
    chainDetails(change.function_row),
  );
}

// ---- the dialog ----------------------------------------------------------------------------------

// The first items, and a button for the others.
function itemList(items, make) {
  const list = h("ul", { class: "items" }, items.slice(0, MOST_AT_ONCE).map(make));
  const rest = items.length - MOST_AT_ONCE;
  if (rest <= 0) return list;
  const more = button(t("showMore", { count: formatNumber(rest) }), () => {
    list.append(...items.slice(MOST_AT_ONCE).map(make));
    list.children[MOST_AT_ONCE].querySelector("summary, button")?.focus();
    more.remove();
  }, { class: "more" });
  return [list, more];
}

function part(title, count, open, ...children) {
  return h("details", { class: "part", open }, h("summary", null, h("h3", null, title), h("span", { class: "count" }, formatNumber(count))), children);
}

function facts(file) {
  return h(
    "div",
    { class: "item-head" },
    levelBadge(file.risk),
    h("span", { class: "chip" }, `${t("complexity")} ${formatNumber(file.score, 1)}`),
    h("span", { class: "chip" }, t("lines", { insertions: formatNumber(file.insertions), deletions: formatNumber(file.deletions) })),
    file.doubts > 0 ? h("span", { class: "chip" }, t("doubts", { count: formatNumber(file.doubts) })) : null,
  );
}

function dependencies(file) {
  if (file.dependencies.length === 0) return null;
  return part(t("imports"), file.dependencies.length, false,
    h("ul", { class: "paths" },
      file.dependencies.map((row) => h("li", null, button(pathText(files[row].path), () => openFile(row), { class: "link" })))));
}

let dialog = null;
let opener = null;

function close() {
  dialog?.close();
}

// Closes the dialog, then does something else with the page.
function leaveFor(action) {
  close();
  action();
}

function dialogFor(file) {
  const details = detailsOf(file.row);
  return h(
    "dialog",
    { class: "drawer", "aria-labelledby": "drawer-title", tabindex: "-1" },
    h("div", { class: "drawer-head" },
      h("h2", { id: "drawer-title" }, pathText(file.path)),
      button("×", close, { class: "close", "aria-label": t("close"), title: t("close") })),
    facts(file),
    part(t("accessesIn"), details.accesses.length, true, itemList(details.accesses, accessItem)),
    part(t("changesIn"), details.changes.length, false, itemList(details.changes, changeItem)),
    part(t("diff"), file.insertions + file.deletions, details.changes.length > 0,
      details.diff ? diffView(details.diff) : h("p", null, t("noChange"))),
    dependencies(file),
  );
}

function shut() {
  dialog.remove();
  dialog = null;
  if (ADDRESS.test(location.hash)) history.replaceState(null, "", location.href.replace(/#.*/, ""));
  opener?.focus?.();
}

export function openFile(row) {
  if (dialog) {
    dialog.removeEventListener("close", shut);
    dialog.close();
    dialog.remove();
  } else {
    opener = document.activeElement;
  }
  dialog = dialogFor(files[row]);
  dialog.addEventListener("close", shut);
  // A click beside it closes it.
  dialog.addEventListener("click", (event) => event.target === dialog && close());
  document.body.append(dialog);
  dialog.showModal();
  if (location.hash !== `#file-${row}`) history.replaceState(null, "", `#file-${row}`);
}

// An address can name the file that is open.
export function openFromAddress() {
  const row = Number(location.hash.match(ADDRESS)?.[1] ?? -1);
  if (row >= 0 && row < files.length) openFile(row);
}
