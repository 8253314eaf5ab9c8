// The data of the report, as rewriter/report/html_data.c writes it. The details of a file are read when
// somebody opens it.

function read(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

const report = read("report");

export const summary = report.summary;
export const made = report.made; // { tree, date, commit }
export const files = report.files;
export const flows = report.flows;
export const outcomes = report.outcomes; // what each means, in English
export const shares = report.shares; // of the accesses, in percent, by outcome
export const newPaths = report.new_paths;
export const unread = report.files_not_analysed;
export const history = report.summary.history;
export const apiStanding = report.interface.standing; // as `weft api report --format json`; null without `api:`
export const apiChanges = report.interface.changes; // as `weft api diff --format json`; null without --before

files.forEach((file, row) => {
  file.row = row;
});

export const functions = report.functions.map(([name, file, line, supply, giver, callLine, origins, accesses, reached], row) => ({
  row,
  name,
  path: pathOf(file),
  file: file < files.length ? file : -1, // row of a file that can be opened
  line,
  supply,
  giver, // row of who gives it the context, on the shortest way; -1: the way begins here
  callLine, // line of that call in the giver; 0: through an object or the enclosing function
  accesses, // that it runs itself
  reached, // accesses that get their context through it
  origins: report.origins.filter((origin, bit) => (origins >> bit) & 1),
  givers: [], // links
  takers: [],
}));

for (const [giver, taker, line] of report.links) {
  functions[giver].takers.push({ row: taker, line });
  functions[taker].givers.push({ row: giver, line });
}

function pathOf(row) {
  return row < files.length ? files[row].path : report.other_paths[row - files.length];
}

const opened = new Map();

// { accesses, changes, diff } of a file.
export function detailsOf(row) {
  if (!opened.has(row)) opened.set(row, read(`file-${row}`));
  return opened.get(row);
}

// The shortest way of the context to a function, from where it begins: functions, the last is it.
export function chainTo(row) {
  const chain = [];
  const seen = new Set();
  for (let at = row; at >= 0 && !seen.has(at); at = functions[at].giver) {
    seen.add(at);
    chain.unshift(functions[at]);
  }
  return chain;
}

// The shortest way from a function on to one that runs an access: links; empty when it runs one itself.
export function chainFrom(row) {
  const cameBy = new Map([[row, null]]);
  const queue = [row];
  for (const at of queue) {
    if (functions[at].accesses > 0) return wayTo(at, cameBy);
    for (const link of functions[at].takers)
      if (!cameBy.has(link.row)) {
        cameBy.set(link.row, { ...link, from: at });
        queue.push(link.row);
      }
  }
  return [];
}

function wayTo(row, cameBy) {
  const way = [];
  for (let link = cameBy.get(row); link; link = cameBy.get(link.from)) way.unshift(link);
  return way;
}

// "Bot.answer" of "src.bot.Bot.answer": the module says where, and the path says that already.
export function briefName(fact) {
  const module = fact.path.replace(/(\/__init__)?\.pyi?$/, "").replaceAll("/", ".");
  return fact.name.startsWith(`${module}.`) ? fact.name.slice(module.length + 1) : fact.name;
}
