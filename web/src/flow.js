// The flow of contexts from origins to families, as a Sankey diagram and as a table.
import { sankey, sankeyLinkHorizontal } from "d3-sankey";
import { alternative, h, number, s, table } from "./element.js";
import { flows, summary } from "./data.js";
import { formatNumber, t, word } from "./language.js";
import { onWidth, section } from "./widgets.js";

const ORDER = ["message", "http", "event", "public_api", "each_tenant", "command", "background", "start_up", "import_time", "uncalled", "test", "unknown"];
const WITH_TENANT = new Set(["message", "http", "event", "public_api", "each_tenant", "command"]);
const ROW = 46; // pixels of height for each origin

function kindOf(origin) {
  return WITH_TENANT.has(origin) ? "tenant" : origin === "test" ? "neutral" : "no-tenant";
}

function presentOrigins() {
  return ORDER.filter((origin) => Object.values(flows).some((counts) => counts[origin]));
}

function originLabel(origin) {
  return word("origin", origin);
}

// Each access once. What flows into a family is more where accesses have several origins.
function accessesOf(family) {
  return summary.migration_summary[family].accesses;
}

// ---- the picture ---------------------------------------------------------------------------------

function layout(width, height) {
  const origins = presentOrigins();
  const families = Object.keys(flows);
  const nodes = [
    ...origins.map((name) => ({ name, label: originLabel(name), kind: kindOf(name) })),
    ...families.map((name) => ({ name, label: name, kind: "family", count: accessesOf(name) })),
  ];
  const links = families.flatMap((family, f) =>
    origins.flatMap((origin, o) =>
      flows[family][origin] ? [{ source: o, target: origins.length + f, value: flows[family][origin], kind: kindOf(origin) }] : [],
    ),
  );
  return sankey().nodeWidth(12).nodePadding(18).nodeSort(null).linkSort(null).extent([[1, 8], [width - 1, height - 8]])({ nodes, links });
}

function label(node, width) {
  const left = node.x0 < width / 2;
  return s(
    "text",
    { x: left ? node.x1 + 8 : node.x0 - 8, y: (node.y0 + node.y1) / 2, dy: "0.35em", "text-anchor": left ? "start" : "end" },
    node.label,
    s("tspan", { class: "flow-count", dx: "6" }, formatNumber(node.count ?? node.value)),
  );
}

function draw(width) {
  const height = Math.max(presentOrigins().length, Object.keys(flows).length + 1) * ROW;
  const { nodes, links } = layout(width, height);
  return s(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": t("flowOf"), class: "sankey" },
    links.map((link) =>
      s("path", { class: `flow ${link.kind}`, d: sankeyLinkHorizontal()(link), style: { "stroke-width": `${Math.max(1, link.width)}px` } },
        s("title", null, t("flowLink", { origin: link.source.label, family: link.target.label, count: formatNumber(link.value) })))),
    nodes.map((node) => s("rect", { class: `flow-node ${node.kind}`, x: node.x0, y: node.y0, width: node.x1 - node.x0, height: Math.max(1, node.y1 - node.y0) })),
    nodes.map((node) => label(node, width)),
  );
}

// ---- the table -----------------------------------------------------------------------------------

function flowTable() {
  const families = Object.keys(flows);
  return table(
    t("flowOf"),
    [t("origin"), ...families.map((family) => number(family))],
    [...presentOrigins().map((origin) => [
      `${originLabel(origin)}${WITH_TENANT.has(origin) || origin === "test" ? "" : ` (${t("noTenant")})`}`,
      ...families.map((family) => number(formatNumber(flows[family][origin] ?? 0))),
    ]), [t("flowOnce"), ...families.map((family) => number(formatNumber(accessesOf(family))))]],
    { class: "plain" },
  );
}

export function flowSection() {
  if (Object.keys(flows).length === 0) return null;
  const picture = h("div", { class: "card" });
  onWidth(picture, (width) => picture.replaceChildren(draw(width)));
  return section(
    "flow",
    t("flow"),
    t("flowLead"),
    picture,
    h("p", { class: "legend" }, h("span", { class: "swatch tenant" }, t("tenant")), h("span", { class: "swatch no-tenant" }, t("noTenant"))),
    alternative(t("asTable"), h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("flowOf") }, flowTable())),
  );
}
