// The call graph around one function: who gives it its context, and to whom it gives it on.
import { linkHorizontal } from "d3-shape";
import { button, h, s } from "./element.js";
import { briefName, functions, summary } from "./data.js";
import { formatNumber, t, word } from "./language.js";
import { openFile } from "./details.js";
import { choice, section } from "./widgets.js";
import { functionSearch } from "./search.js";

const NODE = { width: 204, height: 46, across: 50, down: 10 };
const MOST_NODES = 9; // of one column

const state = { centre: -1, steps: 2 };
let refresh = () => {};

// ---- what is around ------------------------------------------------------------------------------

// Rows of the functions that are STEP links away, nearest first: one list a step.
function stepsFrom(centre, side, seen) {
  const columns = [];
  let last = [centre];
  for (let step = 0; step < state.steps; step++) {
    const next = [];
    for (const row of last)
      for (const link of functions[row][side])
        if (!seen.has(link.row)) {
          seen.add(link.row);
          next.push(link.row);
        }
    if (next.length === 0) break;
    columns.push(next);
    last = next.slice(0, MOST_NODES);
  }
  return columns;
}

// ---- the picture ---------------------------------------------------------------------------------

// What the function is called, and where it is: a constructor by its class.
function nodeTexts(fact) {
  const parts = fact.name.split(".");
  const own = parts.pop();
  const place = `${fact.path.split("/").pop()}:${fact.line}`;
  return own.startsWith("__") ? [`${parts.pop()}.${own}`, place] : [own, place];
}

function nodeButton(row, x, y) {
  const fact = functions[row];
  const here = row === state.centre;
  const [name, place] = nodeTexts(fact);
  const element = button(
    [h("span", { class: "node-name" }, name), h("span", { class: "node-place" }, place)],
    () => showFunction(row),
    {
      class: `node supply-${fact.supply}${here ? " here" : ""}`,
      title: `${fact.name} (${word("supply", fact.supply)})`,
      "aria-label": `${fact.name}: ${word("supply", fact.supply)}`,
      "aria-current": here ? "true" : null,
    },
  );
  element.style.setProperty("left", `${x}px`);
  element.style.setProperty("top", `${y}px`);
  return element;
}

function drawGraph() {
  const seen = new Set([state.centre]);
  const above = stepsFrom(state.centre, "givers", seen).reverse();
  const columns = [...above, [state.centre], ...stepsFrom(state.centre, "takers", seen)];
  const rows = Math.max(...columns.map((column) => Math.min(column.length, MOST_NODES) + (column.length > MOST_NODES)));
  const height = rows * (NODE.height + NODE.down) + NODE.down;
  const width = columns.length * NODE.width + (columns.length - 1) * NODE.across;
  const places = new Map();
  const elements = [];
  columns.forEach((column, c) => {
    const shown = column.slice(0, MOST_NODES);
    const extra = column.length - shown.length;
    const x = c * (NODE.width + NODE.across);
    let y = (height - (shown.length + (extra > 0)) * (NODE.height + NODE.down) + NODE.down) / 2;
    for (const row of shown) {
      places.set(row, { x, y: y + NODE.height / 2 });
      elements.push(nodeButton(row, x, y));
      y += NODE.height + NODE.down;
    }
    if (extra > 0) {
      const note = h("span", { class: "node-more" }, t("more", { count: formatNumber(extra) }));
      note.style.setProperty("left", `${x}px`);
      note.style.setProperty("top", `${y}px`);
      elements.push(note);
    }
  });
  const inner = h("div", { class: "graph-inner" }, s("svg", { width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true", focusable: "false" }, links(places)), elements);
  inner.style.setProperty("width", `${width}px`);
  inner.style.setProperty("height", `${height}px`);
  return { inner, centre: places.get(state.centre).x + NODE.width / 2 };
}

// All hand-overs between functions that are shown, from left to right.
function links(places) {
  const line = linkHorizontal().source((d) => d.from).target((d) => d.to).x((p) => p[0]).y((p) => p[1]);
  const paths = [];
  for (const [row, from] of places)
    for (const link of functions[row].takers) {
      const to = places.get(link.row);
      if (to && to.x > from.x)
        paths.push(s("path", { class: link.line > 0 ? "edge" : "edge through-object", d: line({ from: [from.x + NODE.width, from.y], to: [to.x, to.y] }) }));
    }
  return paths;
}

// ---- the same as lists ---------------------------------------------------------------------------

function neighbours(title, all, lineIn) {
  return h(
    "div",
    { class: "card" },
    h("h3", null, `${title} (${formatNumber(all.length)})`),
    all.length === 0 ? h("p", { class: "muted" }, t("graphNobody")) : null,
    h("ul", { class: "neighbours" }, all.map((link) => {
      const fact = functions[link.row];
      return h("li", null,
        button(briefName(fact), () => showFunction(link.row), { class: "link", title: fact.name }),
        h("span", { class: "muted" }, ` ${link.line > 0 ? `${lineIn(fact)}:${link.line}` : t("stepObject")}`));
    })),
  );
}

function about(fact) {
  return h("div", { class: "item-head about" },
    h("strong", { class: "name" }, fact.name),
    h("span", { class: "chip" }, word("supply", fact.supply)),
    h("span", { class: "chip" }, t("graphReached", { count: formatNumber(fact.reached) })),
    h("span", { class: "chip" }, t("graphOwn", { count: formatNumber(fact.accesses) })),
    fact.origins.map((origin) => h("span", { class: "chip" }, word("origin", origin))),
    fact.file >= 0 ? button(`${t("graphFile")} (${t("lineNumber", { line: fact.line })})`, () => openFile(fact.file), { class: "link" }) : null);
}

// ---- the section ---------------------------------------------------------------------------------

function startHints() {
  const hubs = summary.chains.hubs.map((hub) => functions.find((fact) => fact.name === hub.function)).filter(Boolean);
  return [
    h("p", { class: "muted" }, t("graphStart")),
    h("ul", { class: "hints" }, hubs.slice(0, 6).map((fact) => h("li", null, button(briefName(fact), () => showFunction(fact.row), { class: "hint", title: fact.name })))),
  ];
}

export function showFunction(row) {
  state.centre = row;
  refresh();
  const title = document.getElementById("graph-title");
  title.setAttribute("tabindex", "-1");
  title.focus({ preventScroll: true });
  document.getElementById("graph").scrollIntoView({ block: "start" });
}

export function graphSection() {
  if (functions.length === 0) return null;
  const view = h("div", { class: "graph-view" });
  refresh = () => {
    if (state.centre < 0) {
      view.replaceChildren(...startHints());
      return;
    }
    const fact = functions[state.centre];
    const { inner, centre } = drawGraph();
    const scroll = h("div", { class: "scroll graph", tabindex: "0", role: "group", "aria-label": t("graphOf", { name: fact.name }) }, inner);
    view.replaceChildren(
      about(fact),
      scroll,
      h("div", { class: "columns even" },
        neighbours(t("graphGivers"), fact.givers, (giver) => giver.path),
        neighbours(t("graphTakers"), fact.takers, () => fact.path)),
    );
    scroll.scrollLeft = centre - scroll.clientWidth / 2;
  };
  refresh();
  return section(
    "graph",
    t("graph"),
    t("graphLead"),
    h("div", { class: "filters" },
      functionSearch(showFunction),
      choice(t("graphSteps"), String(state.steps), ["1", "2", "3"].map((step) => [step, step]), (steps) => {
        state.steps = Number(steps);
        refresh();
      })),
    view,
  );
}
