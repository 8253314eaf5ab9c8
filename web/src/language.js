// Which language the page speaks, and its words. Words from the report (outcomes, codes) are
// looked up, too; what has no translation stays in English and says so.
import { remember, remembered } from "./memory.js";
import english from "./words_en.js";
import chinese from "./words_zh.js";

const WORDS = { en: english, zh: chinese };
const BROWSER = (navigator.languages ?? [navigator.language]).find((tag) => /^(en|zh)\b/i.test(tag)) ?? "en";

let language = remembered("language", Object.keys(WORDS)) ?? BROWSER.slice(0, 2).toLowerCase();

export function currentLanguage() {
  return language;
}

export function setLanguage(next) {
  language = next;
  remember("language", next);
}

function fillIn(text, values) {
  return text.replace(/\{(\w+)\}/g, (mark, name) => (name in values ? String(values[name]) : mark));
}

// The text of KEY, with {names} filled in from VALUES.
export function t(key, values = {}) {
  const text = WORDS[language][key] ?? english[key];
  if (text === undefined) throw new Error(`no text for ${key}`);
  return fillIn(text, values);
}

export function has(key) {
  return WORDS[language][key] !== undefined;
}

// A word of the report: word("outcome", "held"). FALLBACK is what weft itself says, in English.
export function word(kind, name, fallback) {
  return WORDS[language][`${kind}.${name}`] ?? fallback ?? english[`${kind}.${name}`] ?? name;
}

export function formatNumber(value, digits = 0) {
  return value.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
