// The page of the HTML report: its frame, and what happens when somebody switches language or theme.
import { button, h } from "./element.js";
import { currentLanguage, setLanguage, t } from "./language.js";
import { currentTheme, nextTheme } from "./theme.js";
import { made, summary } from "./data.js";
import { summarySection } from "./summary.js";
import { filesSection } from "./files.js";
import { flowSection } from "./flow.js";
import { graphSection } from "./graph.js";
import { apiSection } from "./api.js";
import { mapSection } from "./treemap.js";
import { trendSection } from "./trend.js";
import { openFromAddress } from "./details.js";

const SECTIONS = [
  ["summary", summarySection],
  ["trend", trendSection],
  ["map", mapSection],
  ["files", filesSection],
  ["flow", flowSection],
  ["graph", graphSection],
  ["api", apiSection],
];

function themeButton() {
  const label = () => t("theme", { theme: t(`theme.${currentTheme()}`) });
  const element = button(label(), () => {
    nextTheme();
    element.textContent = label();
  }, { class: "quiet", id: "theme" });
  return element;
}

function languageButton() {
  return button(
    t("language"),
    () => {
      setLanguage(currentLanguage() === "en" ? "zh" : "en");
      render();
      document.getElementById("language").focus();
    },
    { class: "quiet", id: "language", "aria-label": t("languageLabel") },
  );
}

// The skip link is a button that moves the focus: an address of its own is for what is opened.
function skipLink() {
  return button(t("skip"), () => document.getElementById("main").focus(), { class: "skip" });
}

function jump(id) {
  const title = document.getElementById(`${id}-title`);
  title.setAttribute("tabindex", "-1");
  title.focus({ preventScroll: true });
  document.getElementById(id).scrollIntoView({ block: "start" });
}

function header(sections) {
  return h(
    "header",
    { class: "top" },
    h("div", { class: "brand" },
      h("strong", null, "weft"),
      h("span", { class: "title" }, t("title")),
      h("span", { class: "chip" }, made.tree),
      h("span", { class: "chip" }, `${t("rules")}: ${summary.rules}`)),
    h("nav", { "aria-label": t("sections") },
      sections.map(([id]) => button(t(id), () => jump(id), { class: "quiet" }))),
    h("div", { class: "tools" }, languageButton(), themeButton()),
  );
}

function footer() {
  return h(
    "footer",
    null,
    h("p", null, t("made", { version: summary.tool.version, tree: made.tree, date: (made.date ?? "").replace("T", " "), commit: made.commit ? t("madeCommit", { commit: made.commit.slice(0, 12) }) : t("madeNoCommit") })),
    h("details", null,
      h("summary", null, t("licences")),
      document.getElementById("licences").textContent.split("\n").map((line) => h("div", { class: "licence" }, line))),
  );
}

function render() {
  document.documentElement.lang = currentLanguage() === "zh" ? "zh-CN" : "en";
  document.title = `weft · ${t("title")}`;
  const sections = SECTIONS.map(([id, make]) => [id, make()]).filter(([, element]) => element);
  document.getElementById("page").replaceChildren(
    skipLink(),
    header(sections),
    h("main", { id: "main", tabindex: "-1" }, sections.map(([, element]) => element)),
    footer(),
  );
}

render();
openFromAddress();
addEventListener("hashchange", openFromAddress);
