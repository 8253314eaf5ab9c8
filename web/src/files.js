// The table of files: sorted and filtered here, and only as many rows as somebody wants to see.
import { button, h } from "./element.js";
import { files, summary } from "./data.js";
import { formatNumber, t, word } from "./language.js";
import { openFile } from "./details.js";
import { choice, levelBadge, pathText, section } from "./widgets.js";

const STEP = 100; // rows that are shown at once
const LEVELS = ["low", "medium", "high", "critical"];

const COLUMNS = [
  { key: "path", label: "file", value: (file) => file.path },
  { key: "accesses", label: "accesses", number: true, value: (file) => file.accesses },
  { key: "isolated", label: "isolated", number: true, wide: true, value: (file) => file.isolated },
  { key: "refused", label: "refused", number: true, wide: true, value: (file) => file.outcomes.refused ?? 0 },
  { key: "changes", label: "changes", number: true, wide: true, value: (file) => file.changes },
  { key: "score", label: "score", number: true, wide: true, value: (file) => file.score },
  { key: "risk", label: "risk", value: (file) => LEVELS.indexOf(file.risk) },
];

// What somebody chose stays when the language changes.
const state = { sort: "risk", down: true, text: "", risk: "", family: "", outcome: "", shown: STEP };

function compare(left, right) {
  const { value } = COLUMNS.find(({ key }) => key === state.sort);
  const a = value(left);
  const b = value(right);
  const order = a < b ? -1 : a > b ? 1 : 0;
  // Files of one rank: the more complex first, then by path, as the text report has them.
  return (state.down ? -order : order) || right.score - left.score || left.row - right.row;
}

function chosen() {
  const needle = state.text.trim().toLowerCase();
  return files
    .filter(
      (file) =>
        file.path.toLowerCase().includes(needle) &&
        (state.risk === "" || file.risk === state.risk) &&
        (state.family === "" || file.families[state.family]) &&
        (state.outcome === "" || file.outcomes[state.outcome]),
    )
    .sort(compare);
}

function fileRow(file) {
  return h(
    "tr",
    null,
    h("th", { scope: "row" }, button(pathText(file.path), () => openFile(file.row), { class: "link" })),
    COLUMNS.slice(1, -1).map((column) =>
      h("td", { class: column.wide ? "number wide" : "number" }, formatNumber(column.value(file), column.key === "score" ? 1 : 0)),
    ),
    h("td", null, levelBadge(file.risk)),
  );
}

function headCell(column, sort) {
  const current = state.sort === column.key;
  return h(
    "th",
    {
      scope: "col",
      class: [column.number && "number", column.wide && "wide"].filter(Boolean).join(" "),
      "aria-sort": current ? (state.down ? "descending" : "ascending") : "none",
    },
    button([t(column.label), h("span", { class: "arrow", "aria-hidden": "true" }, current ? (state.down ? "↓" : "↑") : "↕")], () => sort(column), {
      class: "sort",
      "data-column": column.key,
    }),
  );
}

export function filesSection() {
  if (files.length === 0) return null;
  const body = h("tbody");
  const head = h("tr");
  const status = h("p", { class: "status", role: "status" });
  const more = button("", () => change({ shown: state.shown + 5 * STEP }), { class: "more" });

  function change(next) {
    Object.assign(state, { shown: STEP }, next);
    fill();
  }

  function sort(column) {
    const down = state.sort === column.key ? !state.down : column.key !== "path";
    Object.assign(state, { sort: column.key, down });
    fill();
    head.querySelector(`[data-column="${column.key}"]`).focus();
  }

  function fill() {
    const rows = chosen();
    const rest = rows.length - state.shown;
    head.replaceChildren(...COLUMNS.map((column) => headCell(column, sort)));
    body.replaceChildren(...rows.slice(0, state.shown).map(fileRow));
    status.textContent = rows.length === 0 ? t("noFile") : t("shown", { shown: formatNumber(rows.length), total: formatNumber(files.length) });
    more.hidden = rest <= 0;
    more.textContent = t("showMore", { count: formatNumber(Math.min(rest, 5 * STEP)) });
  }

  const input = h("input", {
    type: "search",
    value: state.text,
    spellcheck: "false",
    autocomplete: "off",
    on: { input: () => change({ text: input.value }) },
  });
  const families = Object.keys(summary.migration_summary).filter((family) => summary.migration_summary[family].accesses > 0);
  const outcomes = Object.keys(summary.outcomes).filter((outcome) => summary.outcomes[outcome] > 0);
  fill();
  return section(
    "files",
    t("files"),
    null,
    h(
      "div",
      { class: "filters" },
      h("label", { class: "choice grow" }, h("span", null, t("filter")), input),
      choice(t("risk"), state.risk, [["", t("anyRisk")], ...LEVELS.map((level) => [level, word("level", level)])], (risk) => change({ risk })),
      choice(t("family"), state.family, [["", t("anyFamily")], ...families.map((family) => [family, family])], (family) => change({ family })),
      choice(t("outcome"), state.outcome, [["", t("anyOutcome")], ...outcomes.map((outcome) => [outcome, word("outcome", outcome)])], (outcome) => change({ outcome })),
    ),
    status,
    h("div", { class: "card flush" },
      h("table", { class: "files" }, h("caption", null, t("filesOf")), h("thead", null, head), body)),
    more,
  );
}
