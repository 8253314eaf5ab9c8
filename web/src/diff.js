// A unified diff as a table: line numbers, a mark, the line. Long ones are shown in part at first.
import { button, h } from "./element.js";
import { formatNumber, t } from "./language.js";

const MOST_LINES = 400;
const HUNK = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@(.*)/;

// Rows { kind, before, after, text } of a diff without headers.
export function readDiff(text) {
  const rows = [];
  let before = 0;
  let after = 0;
  for (const line of text.replace(/\n$/, "").split("\n")) {
    const hunk = line.match(HUNK);
    const body = line.slice(1).replace(/\r$/, "");
    if (hunk) {
      before = Number(hunk[1]);
      after = Number(hunk[2]);
      rows.push({ kind: "hunk", text: hunk[3].trim() });
    } else if (line.startsWith("+")) rows.push({ kind: "insertion", after: after++, text: body });
    else if (line.startsWith("-")) rows.push({ kind: "deletion", before: before++, text: body });
    else if (line.startsWith("\\")) rows.push({ kind: "note", text: body.trim() });
    else rows.push({ kind: "same", before: before++, after: after++, text: body });
  }
  return rows;
}

const MARKS = { insertion: "+", deletion: "−", same: " ", note: "" };

function diffRow({ kind, before, after, text }) {
  if (kind === "hunk") return h("tr", { class: kind }, h("td", { colspan: "4" }, h("code", null, text === "" ? "⋯" : `⋯ ${text}`)));
  return h(
    "tr",
    { class: kind },
    h("td", { class: "place" }, before ?? ""),
    h("td", { class: "place" }, after ?? ""),
    h("td", { class: "mark" }, MARKS[kind]),
    h("td", null, h("code", null, text)),
  );
}

export function diffView(text) {
  const rows = readDiff(text);
  const body = h("tbody", null, rows.slice(0, MOST_LINES).map(diffRow));
  const view = h(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": t("diff") },
    h("table", { class: "diff" }, h("caption", null, t("diff")), body),
  );
  if (rows.length <= MOST_LINES) return view;
  const more = button(t("diffAll", { count: formatNumber(rows.length) }), () => {
    body.append(...rows.slice(MOST_LINES).map(diffRow));
    more.remove();
    view.focus();
  }, { class: "more" });
  return [view, more];
}
