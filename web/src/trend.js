// The course of a migration: one small chart for each number, a point for each run with --history.
import { scaleLinear, scaleUtc } from "d3-scale";
import { area, line } from "d3-shape";
import { alternative, h, number, s, table } from "./element.js";
import { history } from "./data.js";
import { currentLanguage, formatNumber, t } from "./language.js";
import { onWidth, section } from "./widgets.js";

const SERIES = [
  { key: "total_accesses", digits: 0 },
  { key: "refused", digits: 0 },
  { key: "coverage_percent", digits: 1, most: 100 },
  { key: "complexity_score", digits: 1, most: 10 },
];
const SIZE = { height: 150, top: 14, right: 14, bottom: 24, left: 40 };

function dateText(date) {
  return new Date(date).toLocaleDateString(currentLanguage(), { timeZone: "UTC", year: "numeric", month: "short", day: "numeric" });
}

// The points of a chart, and its axes.
function scales(series, width) {
  const dates = history.map((point) => new Date(point.date));
  const values = history.map((point) => point[series.key]);
  const x = scaleUtc([new Date(Math.min(...dates)), new Date(Math.max(...dates))], [SIZE.left, width - SIZE.right]);
  const y = scaleLinear([0, series.most ?? Math.max(1, ...values)], [SIZE.height - SIZE.bottom, SIZE.top]);
  if (series.most === undefined) y.nice(3);
  const points = history.map((point, i) => [history.length === 1 ? (SIZE.left + width - SIZE.right) / 2 : x(dates[i]), y(values[i])]);
  return { y, points };
}

function chart(series, width) {
  const { y, points } = scales(series, width);
  const floor = SIZE.height - SIZE.bottom;
  const values = history.map((point) => formatNumber(point[series.key], series.digits));
  const name = t(`series.${series.key}`);
  return s(
    "svg",
    { viewBox: `0 0 ${width} ${SIZE.height}`, width, height: SIZE.height, role: "img", class: "chart", "aria-label": t("trendOf", { name, first: values[0], last: values.at(-1) }) },
    y.ticks(3).map((tick) => [
      s("line", { class: "grid", x1: SIZE.left, x2: width - SIZE.right, y1: y(tick), y2: y(tick) }),
      s("text", { class: "axis", x: SIZE.left - 8, y: y(tick), dy: "0.35em", "text-anchor": "end" }, formatNumber(tick)),
    ]),
    s("path", { class: "area", d: area().y0(floor)(points) }),
    s("path", { class: "line", d: line()(points) }),
    points.map(([x, at], i) => s("circle", { cx: x, cy: at, r: i === points.length - 1 ? 4 : 2.5 }, s("title", null, `${dateText(history[i].date)}: ${values[i]}`))),
    s("text", { class: "axis", x: SIZE.left, y: SIZE.height - 6 }, dateText(history[0].date)),
    history.length > 1 ? s("text", { class: "axis", x: width - SIZE.right, y: SIZE.height - 6, "text-anchor": "end" }, dateText(history.at(-1).date)) : null,
  );
}

function chartCard(series) {
  const last = history.at(-1)[series.key];
  const picture = h("div");
  onWidth(picture, (width) => picture.replaceChildren(chart(series, width)));
  return h("div", { class: "card" },
    h("h3", null, t(`series.${series.key}`), h("span", { class: "count" }, formatNumber(last, series.digits))),
    picture);
}

export function trendSection() {
  if (history.length === 0) return null;
  return section(
    "trend",
    t("trend"),
    t("trendLead"),
    h("div", { class: "charts" }, SERIES.map(chartCard)),
    alternative(
      t("asTable"),
      h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("trend") },
        table(
          t("trend"),
          [t("date"), t("commit"), ...SERIES.map(({ key }) => number(t(`series.${key}`)))],
          history.map((point) => [
            point.date.replace("T", " ").replace("Z", ""),
            point.commit ? h("code", null, point.commit.slice(0, 10)) : "",
            ...SERIES.map(({ key, digits }) => number(formatNumber(point[key], digits))),
          ]),
          { class: "plain" },
        )),
    ),
  );
}
