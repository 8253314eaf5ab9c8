// What a page must have for people who use the keyboard, a screen reader, or have weak eyes: names of controls,
// headers of tables, order of headings, contrast of texts (WCAG 2.1 AA).
import assert from "node:assert/strict";

export async function checkAccessible(page) {
  const faults = await page.evaluate(() => {
    const found = [];
    const nameOf = (element) => element.getAttribute("aria-label") || element.textContent.trim() || element.labels?.[0]?.textContent.trim();
    for (const element of document.querySelectorAll("button, input, select, summary"))
      if (!nameOf(element)) found.push(`no name: ${element.outerHTML.slice(0, 100)}`);
    for (const table of document.querySelectorAll("table"))
      if (!table.caption?.textContent) found.push("a table without a caption");
    for (const head of document.querySelectorAll("th")) if (!head.scope) found.push(`a header without scope: ${head.textContent}`);
    for (const svg of document.querySelectorAll("svg"))
      if (svg.getAttribute("aria-hidden") !== "true" && !(svg.getAttribute("role") === "img" && svg.getAttribute("aria-label")))
        found.push("a picture without a name");
    let level = 1;
    for (const heading of document.querySelectorAll("h2, h3, h4")) {
      const next = Number(heading.tagName[1]);
      if (next > level + 1) found.push(`heading skips a level: ${heading.textContent}`);
      level = next;
    }
    const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
    if (new Set(ids).size < ids.length) found.push("an id occurs twice");
    for (const element of document.querySelectorAll("[aria-labelledby], [aria-controls], label[for]"))
      for (const id of (element.getAttribute("aria-labelledby") ?? element.getAttribute("aria-controls") ?? element.htmlFor).split(" "))
        if (!document.getElementById(id)) found.push(`nothing has the id ${id}`);
    if (!document.querySelector("main") || !document.querySelector("nav[aria-label]")) found.push("no landmarks");
    return found;
  });
  assert.deepEqual(faults, []);
}

// Every text of HTML against the nearest ground that is painted behind it.
export async function checkContrast(page) {
  const faults = await page.evaluate(() => {
    const channels = (color) => color.match(/[\d.]+/g).map(Number);
    const luminance = (color) => {
      const [r, g, b] = channels(color).map((value) => (value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const groundOf = (element) => {
      for (let at = element; at; at = at.parentElement) {
        const color = getComputedStyle(at).backgroundColor;
        const [, , , alpha = 1] = channels(color);
        if (alpha === 1) return color;
      }
      return "rgb(255, 255, 255)";
    };
    const found = new Set();
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const element = walk.currentNode.parentElement;
      if (!walk.currentNode.data.trim() || element.closest("svg, script, noscript") || !element.checkVisibility()) continue;
      const text = luminance(getComputedStyle(element).color);
      const ground = luminance(groundOf(element));
      const ratio = (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
      if (ratio < 4.5) found.add(`${ratio.toFixed(2)}: ${element.tagName} ${element.className} ${element.textContent.slice(0, 30)}`);
    }
    return [...found];
  });
  assert.deepEqual(faults, []);
}
