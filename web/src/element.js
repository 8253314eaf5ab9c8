// Elements of the page. Whatever comes from the tree under report becomes a text node or the value of an
// attribute that only names something; there is no way here to make markup, a link or a handler of it.

const SVG = "http://www.w3.org/2000/svg";
const INERT = /^(class|id|role|type|name|value|title|lang|for|scope|tabindex|colspan|placeholder|autocomplete|open|disabled|selected|spellcheck|d|x|y|x1|x2|y1|y2|cx|cy|r|dx|dy|width|height|viewBox|transform|points|text-anchor|preserveAspectRatio|focusable|aria-[a-z]+|data-[a-z]+)$/;

// Characters that show nothing or turn the order of text, made visible. TABs stay.
export function visible(text) {
  return String(text).replace(
    /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (found) => {
      const code = found.charCodeAt(0);
      return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16)}`;
    },
  );
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") {
      for (const [event, handler] of Object.entries(value)) element.addEventListener(event, handler);
    } else if (name === "style") {
      for (const [property, text] of Object.entries(value)) element.style.setProperty(property, text);
    } else {
      if (!INERT.test(name)) throw new Error(`attribute ${name} is not for this page`);
      element.setAttribute(name, value === true ? "" : visible(value));
    }
  }
  add(element, children);
  return element;
}

// Appends elements and texts; lists are flattened, and nothing is left out but null and false.
export function add(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(visible(child)));
  }
}

// h("button", { class: "x", on: { click } }, "text", child)
export function h(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

// The same for SVG.
export function s(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

export function button(label, click, attributes) {
  return h("button", { type: "button", ...attributes, on: { click } }, label);
}

// A table with a caption; HEADS and the first cell of a row are its headers.
export function table(caption, heads, rows, attributes) {
  return h(
    "table",
    attributes,
    h("caption", null, caption),
    h("thead", null, h("tr", null, heads.map((head) => (head === "" ? h("td") : cell("th", head, { scope: "col" }))))),
    h(
      "tbody",
      null,
      rows.map((row) =>
        h("tr", null, row.map((value, i) => (i === 0 ? cell("th", value, { scope: "row" }) : cell("td", value)))),
      ),
    ),
  );
}

function cell(tag, value, attributes) {
  return h(tag, { ...attributes, class: value?.cellClass }, value?.cellClass ? value.text : value);
}

// A number stands at the right; what is only WIDE is left out on a phone.
export function number(text, { wide } = {}) {
  return { cellClass: wide ? "number wide" : "number", text };
}

// What a person may want to read instead of a picture.
export function alternative(label, ...children) {
  return h("details", { class: "alternative" }, h("summary", null, label), children);
}
