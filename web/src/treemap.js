// The map: folders and files as nested rectangles. A folder is opened as far as there is room for what is in it;
// a person opens it further.
import { hierarchy, treemap, treemapSquarify } from "d3-hierarchy";
import { alternative, button, h, number, table } from "./element.js";
import { files } from "./data.js";
import { formatNumber, t, word } from "./language.js";
import { openFile } from "./details.js";
import { choice, levelBadge, onWidth, section } from "./widgets.js";

const LEVELS = ["low", "medium", "high", "critical"];
const MOST_TILES = 40; // of one folder; the smaller ones are one tile
const HEAD = 24; // pixels of a folder's name
const LEAST_FRAME = { width: 110, height: 80 }; // a smaller folder is one tile
const WIDE = 80; // a tile that has room for words beside its number
const LEAST_LABEL = { width: 46, height: 20 }; // a smaller tile has no room for a name

const state = { folder: [], measure: "points" };

// ---- the tree ------------------------------------------------------------------------------------

function newFolder(name, path) {
  return { name, path, folders: new Map(), files: [], accesses: 0, changes: 0, points: 0, risk: 0 };
}

function include(folder, file) {
  folder.accesses += file.accesses;
  folder.changes += file.changes;
  folder.points += file.points;
  folder.risk = Math.max(folder.risk, LEVELS.indexOf(file.risk));
}

function buildTree() {
  const root = newFolder("", []);
  for (const file of files) {
    let folder = root;
    include(folder, file);
    const parts = file.path.split("/");
    for (const part of parts.slice(0, -1)) {
      if (!folder.folders.has(part)) folder.folders.set(part, newFolder(part, [...folder.path, part]));
      folder = folder.folders.get(part);
      include(folder, file);
    }
    folder.files.push({
      name: parts.at(-1), file, accesses: file.accesses, changes: file.changes, points: file.points, risk: LEVELS.indexOf(file.risk),
    });
  }
  return root;
}

const root = buildTree();

function folderAt(path) {
  return path.reduce((folder, part) => folder.folders.get(part), root);
}

// What is in a folder, the biggest first; a folder that has only a folder counts as that one.
function contentsOf(folder) {
  const inner = [...folder.folders.values()].map((child) => {
    let last = child;
    let name = child.name;
    while (last.files.length === 0 && last.folders.size === 1) {
      [last] = last.folders.values();
      name += `/${last.name}`;
    }
    return { ...last, name };
  });
  return [...inner, ...folder.files]
    .filter((item) => item[state.measure] > 0)
    .sort((a, b) => b[state.measure] - a[state.measure] || (a.name < b.name ? -1 : 1));
}

function cut(items) {
  if (items.length <= MOST_TILES) return items;
  const rest = items.slice(MOST_TILES - 1);
  return [
    ...items.slice(0, MOST_TILES - 1),
    { name: t("restOf", { count: formatNumber(rest.length) }), rest: true, [state.measure]: rest.reduce((sum, item) => sum + item[state.measure], 0), risk: Math.max(...rest.map((item) => item.risk)) },
  ];
}

// Rows of FOLDER; those within it that get at least the area of a frame have rows of their own.
function nest(folder, area) {
  const all = folder[state.measure];
  return cut(contentsOf(folder)).map((item) => {
    const own = (area * item[state.measure]) / all;
    const opens = item.folders && own >= LEAST_FRAME.width * LEAST_FRAME.height;
    return { item, children: opens ? nest(item, own) : undefined };
  });
}

function isFrame(node) {
  return node.depth > 0 && node.children && node.x1 - node.x0 >= LEAST_FRAME.width && node.y1 - node.y0 >= LEAST_FRAME.height;
}

// The folders that turn out too narrow for a frame keep what is in them to themselves.
function shownNodes(node) {
  return (node.children ?? []).flatMap((child) => [child, ...(isFrame(child) ? shownNodes(child) : [])]);
}

function layout(folder, width, height) {
  const tree = hierarchy({ children: nest(folder, width * height) }).sum((node) => (node.children ? 0 : node.item[state.measure]));
  treemap().tile(treemapSquarify.ratio(1.2)).size([width, height]).round(true).paddingInner(3)
    .paddingTop((node) => (isFrame(node) ? HEAD : 0))
    .paddingRight((node) => (isFrame(node) ? 3 : 0)).paddingBottom((node) => (isFrame(node) ? 3 : 0)).paddingLeft((node) => (isFrame(node) ? 3 : 0))(tree);
  return shownNodes(tree);
}

// ---- tiles ---------------------------------------------------------------------------------------

function describe(item) {
  return t("tile", { name: item.name, value: formatNumber(item[state.measure]), measure: t(`measure.${state.measure}`), risk: word("level", LEVELS[item.risk]) });
}

function place(node, element) {
  for (const [property, value] of [["left", node.x0], ["top", node.y0], ["width", node.x1 - node.x0], ["height", node.y1 - node.y0]])
    element.style.setProperty(property, `${value}px`);
  return element;
}

function tile(node, open) {
  const { item } = node.data;
  const width = node.x1 - node.x0;
  const height = node.y1 - node.y0;
  if (width < 2 || height < 2) return null;
  const label = width >= LEAST_LABEL.width && height >= LEAST_LABEL.height;
  const value = formatNumber(item[state.measure]);
  const content = label ? [
    h("span", { class: "tile-name" }, item.name),
    height > 38 ? h("span", { class: "tile-value" }, width > WIDE ? t("tileValue", { value, unit: t(`unit.${state.measure}`) }) : value) : null,
    height > 58 && width > WIDE ? h("span", { class: "tile-value" }, t("tileRisk", { risk: word("level", LEVELS[item.risk]) })) : null,
  ] : [];
  const attributes = { class: `tile level-${LEVELS[item.risk]}${isFrame(node) ? " frame" : item.folders ? " folder" : ""}`, title: describe(item) };
  if (item.rest) return place(node, h("div", attributes, content));
  return place(node, button(content, () => open(item), { ...attributes, "aria-label": describe(item), tabindex: "-1" }));
}

// One stop for the TAB key; from there the arrow keys go to the nearest tile in their direction.
const DIRECTIONS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

function centre(element) {
  const { left, top, width, height } = element.getBoundingClientRect();
  return [left + width / 2, top + Math.min(height / 2, HEAD / 2)];
}

function nearest(from, all, [dx, dy]) {
  const [x, y] = centre(from);
  let best = null;
  let least = Infinity;
  for (const other of all) {
    const [otherX, otherY] = centre(other);
    const along = (otherX - x) * dx + (otherY - y) * dy;
    const across = Math.abs((otherX - x) * dy) + Math.abs((otherY - y) * dx);
    if (other === from || along <= 1 || along + 2 * across >= least) continue;
    least = along + 2 * across;
    best = other;
  }
  return best;
}

function moveFocus(event, map) {
  const direction = DIRECTIONS[event.key];
  if (!direction) return;
  event.preventDefault();
  const next = nearest(event.target, map.querySelectorAll("button"), direction);
  if (!next) return;
  event.target.setAttribute("tabindex", "-1");
  next.setAttribute("tabindex", "0");
  next.focus();
}

// ---- the section ---------------------------------------------------------------------------------

function contentsTable(folder, open) {
  return table(
    t("mapOf"),
    [t("file"), number(t("accesses")), number(t("changes")), t("risk")],
    contentsOf(folder).slice(0, 500).map((item) => [
      button(item.name, () => open(item), { class: "link" }),
      number(formatNumber(item.accesses)),
      number(formatNumber(item.changes)),
      levelBadge(LEVELS[item.risk]),
    ]),
    { class: "plain" },
  );
}

function crumbs(go) {
  const steps = state.folder.map((name, i) => [name, state.folder.slice(0, i + 1)]);
  return [[t("root"), []], ...steps].map(([name, path], i) => [
    i > 0 ? h("span", { class: "muted", "aria-hidden": "true" }, " / ") : null,
    button(name, () => go(path), { class: "link", "aria-current": i === steps.length ? "location" : null }),
  ]);
}

export function mapSection() {
  if (files.length === 0) return null;
  const path = h("p", { class: "crumbs" });
  const map = h("div", { class: "map", role: "group", "aria-label": t("mapOf") });
  const list = h("div");
  let width = 0;

  function go(folder) {
    state.folder = folder;
    show();
    (map.querySelector("button") ?? path.querySelector("button")).focus();
  }

  function open(item) {
    if (item.folders) go(item.path);
    else openFile(item.file.row);
  }

  function draw() {
    const height = width < 600 ? 460 : 520;
    map.style.setProperty("height", `${height}px`);
    map.replaceChildren(...layout(folderAt(state.folder), width, height).map((node) => tile(node, open)).filter(Boolean));
    map.querySelector("button")?.setAttribute("tabindex", "0");
  }

  function show() {
    path.replaceChildren(...crumbs(go).flat().filter(Boolean));
    list.replaceChildren(contentsTable(folderAt(state.folder), open));
    if (width > 0) draw();
  }

  map.addEventListener("keydown", (event) => moveFocus(event, map));
  onWidth(map, (next) => {
    width = next;
    draw();
  });
  show();
  const measures = ["points", "accesses", "changes"].map((name) => [name, t(`measure.${name}`)]);
  return section(
    "map",
    t("map"),
    t("mapLead"),
    h("div", { class: "filters spread" }, path,
      choice(t("measure"), state.measure, measures, (measure) => {
        state.measure = measure;
        show();
      })),
    map,
    h("p", { class: "legend" }, t("mapLegend"), LEVELS.map((level) => h("span", { class: `swatch level-${level}` }, word("level", level)))),
    alternative(t("asTable"), list),
  );
}
