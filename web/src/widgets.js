// Small parts that several sections of the page have.
import { h } from "./element.js";
import { outcomes } from "./data.js";
import { currentLanguage, formatNumber, word } from "./language.js";

// Risk and complexity: a word with a colour, never the colour alone.
export function levelBadge(level) {
  return h("span", { class: `badge level-${level}` }, word("level", level));
}

export function outcomeBadge(outcome) {
  return h("span", { class: `badge outcome-${outcome}` }, word("outcome", outcome));
}

export function outcomeMeaning(outcome) {
  return ownWords("explained", outcome, outcomes[outcome]);
}

// Text of weft itself, which may be English on a Chinese page.
export function ownWords(kind, name, fallback) {
  const text = word(kind, name, fallback);
  return text === fallback && currentLanguage() !== "en" ? h("span", { lang: "en" }, text) : text;
}

// A word of the rules, as a header of a row, which may break behind its underscores.
export function familyText(family) {
  return family.split(/(?<=_)/).map((part) => [part, h("wbr")]);
}

export function section(id, title, lead, ...children) {
  return h(
    "section",
    { id, "aria-labelledby": `${id}-title` },
    h("h2", { id: `${id}-title` }, title),
    lead ? h("p", { class: "lead" }, lead) : null,
    children,
  );
}

export function card(title, ...children) {
  return h("div", { class: "card" }, h("h3", null, title), children);
}

export function choice(label, value, options, change) {
  const select = h(
    "select",
    { on: { change: () => change(select.value) } },
    options.map(([name, text]) => h("option", { value: name, selected: name === value }, text)),
  );
  return h("label", { class: "choice" }, h("span", null, label), select);
}

// A path that may break behind each of its folders.
export function pathText(path) {
  const parts = path.split("/");
  return h(
    "span",
    { class: "path" },
    parts.map((part, i) => (i < parts.length - 1 ? [`${part}/`, h("wbr")] : part)),
  );
}

// VALUE is the report's: a share that the page computed itself could be rounded another way.
export function percent(value) {
  return `${formatNumber(value, 1)}\u00a0%`;
}

// Calls DRAW with the width of ELEMENT's content when it comes into the page, and when it changes.
export function onWidth(element, draw) {
  let last = 0;
  new ResizeObserver(([entry]) => {
    const width = Math.floor(entry.contentRect.width);
    if (width <= 0 || width === last) return;
    last = width;
    draw(width);
  }).observe(element);
}
