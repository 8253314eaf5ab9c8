// A field that finds a function by a part of its name: a combobox with a list of what fits.
// https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
import { h } from "./element.js";
import { functions } from "./data.js";
import { formatNumber, t } from "./language.js";

const MOST_OPTIONS = 12;

// Functions whose name has the text; those whose own name begins with it come first.
export function findFunctions(text) {
  const needle = text.trim().toLowerCase();
  if (needle === "") return [];
  const found = functions.filter((fact) => fact.name.toLowerCase().includes(needle));
  const rank = (fact) => {
    const parts = fact.name.toLowerCase().split(".");
    return parts.at(-1).startsWith(needle) ? 0 : parts.some((part) => part.startsWith(needle)) ? 1 : 2;
  };
  return found.map((fact) => [rank(fact), fact]).sort(([a, left], [b, right]) => a - b || left.row - right.row).map(([, fact]) => fact);
}

export function functionSearch(choose) {
  const list = h("ul", { class: "options", role: "listbox", id: "function-options", "aria-label": t("graphSearch") });
  const status = h("span", { class: "unseen", role: "status" });
  const input = h("input", {
    type: "search", role: "combobox", "aria-expanded": "false", "aria-controls": "function-options",
    "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false", id: "function-search",
  });
  let found = [];
  let active = -1;

  function mark(index) {
    active = index;
    [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === index)));
    if (index >= 0) {
      input.setAttribute("aria-activedescendant", `function-option-${index}`);
      list.children[index].scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }

  function close() {
    list.replaceChildren();
    input.setAttribute("aria-expanded", "false");
    mark(-1);
  }

  function pick(index) {
    const fact = found[index];
    input.value = fact.name;
    close();
    choose(fact.row);
  }

  function option(fact, i) {
    const item = h("li", { role: "option", id: `function-option-${i}`, "aria-selected": "false" },
      h("span", { class: "name" }, fact.name), h("span", { class: "muted" }, `${fact.path}:${fact.line}`));
    // Before the field loses the focus, which closes the list.
    item.addEventListener("mousedown", (event) => {
      event.preventDefault();
      pick(i);
    });
    return item;
  }

  function update() {
    const all = findFunctions(input.value);
    found = all.slice(0, MOST_OPTIONS);
    list.replaceChildren(...found.map(option));
    input.setAttribute("aria-expanded", String(found.length > 0));
    status.textContent = input.value.trim() === "" ? "" : all.length === 0 ? t("graphNone") : t("graphFound", { count: formatNumber(all.length) });
    mark(-1);
  }

  input.addEventListener("input", update);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && found.length === 0) update();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length > 0 && list.children.length > 0) {
      event.preventDefault();
      mark((active + step + found.length) % found.length);
    } else if (event.key === "Enter" && list.children.length > 0) {
      pick(Math.max(active, 0));
    } else if (event.key === "Escape") close();
  });
  return h("div", { class: "choice grow search" }, h("label", { for: "function-search" }, t("graphSearch")), input, list, status);
}
