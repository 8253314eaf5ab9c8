// The public interface: who still calls it as before, until when that works, and what breaks callers.
import { alternative, h, number, table } from "./element.js";
import { apiChanges, apiStanding } from "./data.js";
import { formatNumber, has, t, word } from "./language.js";
import { card, ownWords, pathText, section } from "./widgets.js";

const plain = { class: "plain" };

// A number, or that nobody has counted.
function counted(value) {
  return value === null ? t("apiNotCounted") : formatNumber(value);
}

function figure(title, value, lead) {
  return h("div", { class: "card figure" }, h("h3", null, title), h("div", { class: "figure-row" }, h("div", { class: "figure-value" }, h("strong", null, value))), lead ? h("p", { class: "lead" }, lead) : null);
}

function figures() {
  const all = [];
  if (apiStanding) {
    const { usage_statistics: usage, timeline } = apiStanding;
    all.push(
      figure(t("apiCalls"), counted(usage.total_legacy_calls), usage.last_written ? t("apiCallsLead", { files: formatNumber(usage.files), date: day(usage.last_written) }) : t("apiNoFiles")),
      figure(t("apiCallers"), counted(usage.legacy_callers), t("apiCallersLead")),
      figure(t("apiInTree"), formatNumber(usage.legacy_calls_in_tree), t("apiInTreeLead")),
      figure(t("apiPhase"), word("apiPhase", timeline.phase), t("apiPhaseLead", { today: timeline.today })),
    );
  }
  if (apiChanges) all.push(figure(t("apiBreaking"), formatNumber(apiChanges.breaking), t("apiBreakingLead", { before: apiChanges.before, public: formatNumber(apiChanges.public_before) })));
  return h("div", { class: "figures" }, all);
}

function day(moment) {
  return moment.slice(0, 10);
}

// ---- callers -------------------------------------------------------------------------------------

// "app.apis.nickname" may break behind its dots.
function nameText(name) {
  const parts = name.split(".");
  return h("span", { class: "path" }, parts.map((part, i) => (i < parts.length - 1 ? [`${part}.`, h("wbr")] : part)));
}

function callerName({ module, distribution, in_tree: inTree }) {
  return [h("code", null, module), " ", h("span", { class: "lead" }, inTree ? t("apiCallerInTree") : (distribution ?? t("apiCallerNowhere")))];
}

function places(endpoints) {
  if (endpoints.length === 0) return null;
  return alternative(t("apiPlaces"), endpoints.map(({ name, calls_in_tree: sites }) => [
    h("h4", null, nameText(name)),
    h("ul", null, sites.map(({ path, line, column }) => h("li", null, pathText(path), `:${line}:${column}`))),
  ]));
}

function byName() {
  const endpoints = apiStanding.deprecated_endpoints;
  if (endpoints.length === 0) return card(t("apiByName"), h("p", null, t("apiNobody")));
  return card(
    t("apiByName"),
    table(
      t("apiByName"),
      [t("function"), number(t("apiCalls")), number(t("apiCallers")), number(t("apiInTree"))],
      endpoints.map(({ name, legacy_calls: calls, callers, calls_in_tree: sites }) => [nameText(name), number(formatNumber(calls)), number(formatNumber(callers.length)), number(formatNumber(sites.length))]),
      plain,
    ),
    places(endpoints.filter(({ calls_in_tree: sites }) => sites.length > 0)),
  );
}

// The same calls, by who makes them; a name is a module and what installed it.
function byCaller() {
  const callers = new Map();
  for (const { name, callers: all } of apiStanding.deprecated_endpoints)
    for (const caller of all) {
      const key = JSON.stringify([caller.module, caller.distribution]);
      const row = callers.get(key) ?? { ...caller, calls: 0, names: [] };
      row.calls += caller.calls;
      row.names.push(name);
      if (caller.last !== null && (row.last === null || caller.last > row.last)) Object.assign(row, { last: caller.last, line: caller.line });
      callers.set(key, row);
    }
  if (callers.size === 0) return null;
  return card(
    t("apiByCaller"),
    table(
      t("apiByCaller"),
      [t("apiCaller"), number(t("apiCalls")), number(t("apiNames")), number(t("apiLast"), { wide: true })],
      [...callers.values()].sort((a, b) => b.calls - a.calls).map((row) => [
        [callerName(row), row.line ? h("div", { class: "lead" }, pathText(row.line)) : null],
        number(formatNumber(row.calls)),
        number(h("span", { title: row.names.join("\n") }, formatNumber(row.names.length))),
        number(row.last ? day(row.last) : "", { wide: true }),
      ]),
      plain,
    ),
  );
}

// ---- dates ---------------------------------------------------------------------------------------
function distance(days) {
  return days > 0 ? t("apiDaysUntil", { days: formatNumber(days) }) : days < 0 ? t("apiDaysSince", { days: formatNumber(-days) }) : t("apiDaysNow");
}

function deadlines() {
  const { phases, phase: now } = apiStanding.timeline;
  if (phases.length === 0) return card(t("apiDeadlines"), h("p", null, t("apiNoDates")));
  return card(
    t("apiDeadlines"),
    table(
      t("apiDeadlines"),
      [t("apiPhase"), number(t("date")), number("")],
      phases.map(({ name, begins, days }) => [
        name === now ? h("strong", null, word("apiPhase", name)) : word("apiPhase", name),
        number(begins),
        number(distance(days)),
      ]),
      plain,
    ),
  );
}

function routes() {
  const all = apiStanding.deprecated_routes;
  if (all.length === 0) return null;
  return card(t("apiRoutes"), table(t("apiRoutes"), [t("apiRoute"), t("apiSuccessor")], all.map(({ method, path, successor }) => [h("code", null, method === "*" ? path : `${method} ${path}`), successor ?? ""]), plain));
}

// ---- what breaks ---------------------------------------------------------------------------------
function changes() {
  if (!apiChanges) return null;
  const open = apiChanges.changes.filter(({ accepted }) => !accepted);
  const title = t("apiBreakingSince", { before: apiChanges.before });
  if (open.length === 0) return card(title, h("p", null, t("apiNothingBreaks")));
  return card(
    title,
    table(
      title,
      [t("apiObject"), t("apiKind"), t("apiPlace")],
      open.map(({ kind, object, parameter, path, line, tree }) => [
        [nameText(object), parameter ? [" ", h("code", null, parameter)] : null],
        has(`apiKind.${kind}`) ? t(`apiKind.${kind}`) : ownWords("apiKind", kind, kind),
        [pathText(path), `:${line}`, tree === "before" ? ` ${t("apiBefore")}` : null],
      ]),
      plain,
    ),
  );
}

export function apiSection() {
  if (!apiStanding && !apiChanges) return null;
  return section(
    "api",
    t("api"),
    t("apiLead"),
    figures(),
    h("div", { class: "columns" },
      h("div", { class: "column" }, apiStanding ? [byName(), byCaller()] : null),
      h("div", { class: "column" }, apiStanding ? [deadlines(), routes()] : null, changes())),
  );
}
