// The summary: how much there is to do, how risky it is, what becomes of the accesses, what to do next.
import { arc } from "d3-shape";
import { button, h, number, s, table } from "./element.js";
import { functions, newPaths, shares, summary, unread } from "./data.js";
import { formatNumber, has, t, word } from "./language.js";
import { showFunction } from "./graph.js";
import { card, familyText, levelBadge, outcomeBadge, outcomeMeaning, ownWords, pathText, percent, section } from "./widgets.js";

// ---- the numbers at the top ----------------------------------------------------------------------

// Three quarters of a ring, filled to SHARE; the number beside it says the same.
function gauge(share, className) {
  const ring = arc().innerRadius(30).outerRadius(38).cornerRadius(4).startAngle(-0.75 * Math.PI);
  return s(
    "svg",
    { viewBox: "-40 -40 80 72", class: `gauge ${className}`, "aria-hidden": "true", focusable: "false" },
    s("path", { class: "track", d: ring.endAngle(0.75 * Math.PI)() }),
    share > 0 ? s("path", { class: "value", d: ring.endAngle((-0.75 + 1.5 * Math.min(share, 1)) * Math.PI)() }) : null,
  );
}

function figure(title, picture, value, ...lead) {
  return h(
    "div",
    { class: "card figure" },
    h("h3", null, title),
    h("div", { class: "figure-row" }, picture, h("div", { class: "figure-value" }, value)),
    lead.filter(Boolean).map((text) => h("p", { class: "lead" }, text)),
  );
}

function figures() {
  const { isolation, risk_assessment: risk, work, structure } = summary;
  return h(
    "div",
    { class: "figures" },
    figure(
      t("complexity"),
      gauge(summary.complexity_score / 10, `level-${summary.migration_complexity}`),
      [h("strong", null, formatNumber(summary.complexity_score, 1)), h("span", { class: "unit" }, t("ofTen")), levelBadge(summary.migration_complexity)],
      t("complexityLead"),
    ),
    figure(
      t("isolatedShare"),
      gauge(isolation.coverage_percent / 100, "isolated"),
      h("strong", null, percent(isolation.coverage_percent)),
      t("isolatedLead", isolation),
    ),
    figure(t("risk"), null, levelBadge(risk.risk_level), t("riskParts", risk), t("riskLead")),
    figure(
      t("filesCard"),
      null,
      h("strong", null, formatNumber(summary.files_requiring_migration)),
      t("filesLead", { total: formatNumber(summary.total_files) }),
      t("changesLead", {
        changes: formatNumber(summary.total_changes_required),
        functions: formatNumber(structure.functions_changed),
        calls: formatNumber(structure.call_sites_changed),
      }),
    ),
    figure(
      t("work"),
      null,
      h("strong", null, formatNumber(work.places_to_decide)),
      t("workLead"),
      t("workParts", work),
      work.files_to_repair > 0 ? t("workRepairs", work) : null,
    ),
  );
}

// ---- outcomes ------------------------------------------------------------------------------------

function outcomes() {
  const present = Object.entries(summary.outcomes).filter(([, count]) => count > 0);
  if (present.length === 0) return null;
  return card(
    t("outcomes", { count: formatNumber(summary.total_accesses) }),
    h("p", { class: "lead" }, t("outcomesLead")),
    h(
      "div",
      { class: "stack", "aria-hidden": "true" },
      present.map(([name, count]) => h("span", { class: `outcome-${name}`, style: { "flex-grow": count } })),
    ),
    table(
      t("outcomes", { count: formatNumber(summary.total_accesses) }),
      [t("outcome"), number(t("count")), number(t("share"), { wide: true }), t("meaning")],
      present.map(([name, count]) => [
        outcomeBadge(name),
        number(formatNumber(count)),
        number(percent(shares[name]), { wide: true }),
        outcomeMeaning(name),
      ]),
      { class: "plain" },
    ),
  );
}

// ---- what to do ----------------------------------------------------------------------------------

// What a piece of advice names, which the report says in its text alone.
const NAMED = {
  decide_refused: / is (?<code>\w+) \((?<accesses>\d+)\): /,
  first_phase: /^Begin with (?<family>[^:]+): \d+ access(?:es)? in (?<files>\d+) files?, risk (?<risk>\w+)/,
  review_hubs: /^Review (?<name>.+) first: /,
};

function adviceText(advice) {
  const named = NAMED[advice.key] ? NAMED[advice.key].exec(advice.text)?.groups : {};
  if (!has(`advice.${advice.key}`) || !named) return h("span", { lang: "en" }, advice.text);
  const title = named.code && word("code", named.code);
  return t(`advice.${advice.key}`, { ...advice, ...named, risk: named.risk && word("level", named.risk), title });
}

function recommendations() {
  return card(
    t("recommendations"),
    summary.recommendations.length === 0
      ? h("p", null, t("nothingToDo"))
      : h("ol", { class: "advice" }, summary.recommendations.map((advice) => h("li", null, adviceText(advice)))),
  );
}

function phases() {
  if (summary.phases.length === 0) return null;
  return card(
    t("phases"),
    h("p", { class: "lead" }, t("phasesLead")),
    table(
      t("phases"),
      [t("family"), number(t("accesses")), number(t("files"), { wide: true }), number(t("isolated")), t("risk")],
      summary.phases.map(({ family, files: count, accesses, risk_level: risk }) => [
        h("span", { title: family }, familyText(family)),
        number(formatNumber(accesses)),
        number(formatNumber(count), { wide: true }),
        number(formatNumber(summary.migration_summary[family].isolated)),
        levelBadge(risk),
      ]),
      { class: "plain" },
    ),
  );
}

function codes() {
  const all = [...summary.refusals, ...summary.warnings];
  if (all.length === 0) return null;
  return card(
    t("codes"),
    h(
      "ul",
      { class: "codes" },
      all.map(({ code, title, count, accesses, remedy }) =>
        h(
          "li",
          null,
          h("details", null,
            h("summary", null, h("code", null, code), " ", ownWords("code", code, title), h("span", { class: "count" }, formatNumber(count))),
            accesses > 0 ? h("p", null, t("codeAccesses", { count: formatNumber(count), accesses: formatNumber(accesses) })) : null,
            remedy ? h("p", null, h("b", null, t("remedy"), ": "), h("span", { lang: "en" }, remedy)) : null),
        ),
      ),
    ),
  );
}

function hubs() {
  if (summary.chains.hubs.length === 0) return null;
  return card(
    t("hubs"),
    h("p", { class: "lead" }, t("hubsLead")),
    table(
      t("hubs"),
      [t("function"), number(t("accesses")), number(t("callers"))],
      summary.chains.hubs.map((hub) => [
        hubButton(hub),
        number(formatNumber(hub.accesses)),
        number(formatNumber(hub.callers)),
      ]),
      { class: "plain" },
    ),
  );
}

function hubButton(hub) {
  const found = functions.find((fact) => fact.name === hub.function && fact.path === hub.path);
  const name = hub.function.split(".").slice(-2).join(".");
  return found ? button(name, () => showFunction(found.row), { class: "link", title: hub.function }) : name;
}

// How far contexts travel. The last number of the list stands for all longer ways.
function depths() {
  const counts = summary.chains.accesses_by_depth;
  const most = Math.max(...counts);
  if (most === 0) return null;
  return card(
    t("depths"),
    table(
      t("depths"),
      [number(t("depth")), number(t("accesses")), ""],
      counts.map((count, depth) => ({ count, depth })).filter(({ count }) => count > 0).map(({ count, depth }) => [
        number(depth === counts.length - 1 ? `${depth}+` : String(depth)),
        number(formatNumber(count)),
        h("div", { class: "bar", style: { width: `${(100 * count) / most}%` }, "aria-hidden": "true" }),
      ]),
      { class: "plain bars" },
    ),
  );
}

// ---- files beside the table ----------------------------------------------------------------------

function otherFiles() {
  return [
    unread.length > 0 &&
      card(
        t("notAnalysed"),
        table(t("notAnalysed"), [t("file"), t("state")], unread.map(({ path, state }) => [pathText(path), t(`state.${state}`)]), { class: "plain" }),
      ),
    newPaths.length > 0 &&
      card(
        t("newFiles"),
        h("p", { class: "lead" }, t("newFilesLead")),
        h("details", null, h("summary", null, formatNumber(newPaths.length)), h("ul", null, newPaths.map((path) => h("li", null, pathText(path))))),
      ),
  ];
}

export function summarySection() {
  return section(
    "summary",
    t("summary"),
    null,
    figures(),
    h("div", { class: "columns" },
      h("div", { class: "column" }, outcomes(), phases(), hubs()),
      h("div", { class: "column" }, recommendations(), codes(), depths(), otherFiles())),
  );
}
