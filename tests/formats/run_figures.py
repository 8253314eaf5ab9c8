#!/usr/bin/python3
"""One truth in numbers: every figure that two outputs of weft share is the same in both, over three trees.

    tests/formats/run_figures.py --weft build/release/weft --root .

The trees: the example bot, the same bot after an apply, and one made here where accesses are refused, bridged and
ignored and a file does not parse. What the page shows is compared by tests/e2e/report_page.
"""
import argparse
import csv
import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree
from collections import Counter
from pathlib import Path

from run_formats import read_page

PLACE = re.compile(r"W3\d\d")  # a place by itself, no access
RULES = """\
version: 1
context: { parameter: ctx, type: app.iso.Ctx, dimensions: [tenant], ambient: app.iso.now }
sinks:
  - { id: settings, family: config_system, symbol: app.config.settings, replace: "app.iso.settings({context})" }
  - { id: store, family: memory, symbol: app.config.store, replace: "app.iso.store({context})" }
boundaries:
  - { id: inbound, function: app.bot.on_message, origin: message, create: "app.iso.enter({parameter:raw})" }
  - { id: hourly, function: app.bot.every_hour, origin: background }
public_api: [app.old.**]
api: { usage: var/usage, counter: app.iso.count, deprecated: 2026-12-01, sunset: 2027-03-01, grace_days: 30 }
"""
TREE = {
    "app/config.py": "settings = object()\nstore = object()\n",
    "app/bot.py": "from app.config import settings, store\nfrom app.work import work, spare\n\n\n"
                  "def on_message(raw):\n    return work(raw) + settings.a\n\n\n"
                  "def every_hour():\n    return spare() + store.hours\n\n\n"
                  "def callback():\n    return store.a  # weft: ignore[store] one for all\n\n\n"
                  "HANDLERS = {'a': work, 'b': callback}\n",
    "app/work.py": "from app.config import settings, store\n\n\nLIMIT = settings.limit\nOTHER = settings.other\n\n\n"
                   "class Fixed:\n    size = settings.size\n    name = store.name\n\n\n"
                   "def work(raw):\n    return settings.b + settings.c + inner()\n\n\n"
                   "def inner():\n    return [settings.d for _ in range(2)]\n\n\n"
                   "def spare():\n    return store.spare\n",
    "app/broken.py": "def f(:\n",
    "app/old.py": "from app.iso import Ctx, count\n\n\ndef name(*, ctx: Ctx | None = None):\n    if ctx is None:\n"
                  "        ctx = count('app.old.name')\n    return ctx\n\n\ndef spoken():\n    return name()\n",
    "var/usage/usage-1-a.json": json.dumps({"schema_version": 1, "process": 1, "written": 1796036400, "calls": [
        {"api": api, "module": module, "calls": calls, "first": 1796036383, "last": 1796036390}
        for api, module, calls in (("app.old.name", "a", 12), ("app.old.name", "b", 5), ("app.gone", "b", 3))]}),
}
FAMILY = r"  (\w+) +(\d+) +(\d+) +(\d+) +(\d+) +(\d+)  (\w+)$"


class Figures:
    """What each output says, by the name of the figure. Two that say a thing must say the same."""

    def __init__(self):
        self.said = {}

    def add(self, output, name, value):
        self.said.setdefault(name, {})[output] = value

    def differing(self):
        return {name: by for name, by in self.said.items() if len(set(by.values())) > 1}

    def shared(self):
        return sum(len(by) > 1 for by in self.said.values())


def add_report(figures, output, report):
    """JSON, and the data of the page."""
    for key in ("total_files", "files_requiring_migration", "total_changes_required", "total_accesses", "new_files",
                "migration_complexity"):
        figures.add(output, key, report[key])
    figures.add(output, "complexity", f"{report['complexity_score']:.1f}")
    figures.add(output, "risk", report["risk_assessment"]["risk_level"])
    figures.add(output, "isolated", report["isolation"]["isolated"])
    figures.add(output, "coverage", f"{report['isolation']['coverage_percent']:.1f}")
    figures.add(output, "outcome refused", report["risk_assessment"]["refused"])
    figures.add(output, "outcome bridged", report["risk_assessment"]["bridged"])
    for key, value in report["work"].items():
        figures.add(output, key, value)
    for outcome, count in report["outcomes"].items():
        figures.add(output, f"outcome {outcome}", count)
    for origin, count in report["origins"].items():
        figures.add(output, f"origin {origin}", count)
    for family, row in report["migration_summary"].items():
        for key in ("accesses", "files", "changes", "isolated"):
            figures.add(output, f"{family} {key}", row[key])
        figures.add(output, f"{family} risk", row["risk_level"])
        figures.add(output, f"{family} refused", row["outcomes"]["refused"])
        figures.add(output, f"{family} bridged", row["outcomes"]["bridged"])
    for phase in report["phases"]:
        figures.add(f"{output} phases", f"{phase['family']} accesses", phase["accesses"])
        figures.add(f"{output} phases", f"{phase['family']} files", phase["files"])
    for code in report["refusals"] + report["warnings"]:
        figures.add(output, f"{code['code']} sites", code["count"])
        figures.add(output, f"{code['code']} accesses", code["accesses"])
    for key in ("functions_changed", "call_sites_changed", "classes_holding", "accessors"):
        figures.add(output, key, report["structure"][key])
    figures.add(f"{output} depths", "total_accesses", sum(report["chains"]["accesses_by_depth"]))
    figures.add(f"{output} outcomes", "total_accesses", sum(report["outcomes"].values()))
    for place, advice in enumerate(report["recommendations"]):
        figures.add(output, f"advice {place}", advice["text"])
        add_advice(figures, advice)


def add_advice(figures, advice):
    """Numbers of the advice that stand elsewhere, too."""
    if advice["key"] == "decide_refused":
        figures.add("advice", "outcome refused", advice["count"])
    if advice["key"] == "repair_files":
        figures.add("advice", "files_to_repair", advice["count"])
    if advice["key"] == "loop_over_tenants":
        figures.add("advice", "W303 sites", advice["count"])
    if advice["key"] == "declare_entries":
        figures.add("advice", "origin uncalled", advice["count"])
    if advice["key"] == "move_import_time":
        figures.add("advice", "accesses at import", advice["count"])
    if advice["key"] == "first_phase":
        family, accesses, files = re.search(r"Begin with (\w+): (\d+) access\w* in (\d+) file", advice["text"]).groups()
        figures.add("advice", f"{family} accesses", int(accesses))
        figures.add("advice", f"{family} files", int(files))


def add_interface(figures, output, standing):
    """`weft api report`, and the data of the page."""
    for key, value in standing["usage_statistics"].items():
        figures.add(output, f"interface {key}", value)
    for endpoint in standing["deprecated_endpoints"]:
        name = endpoint["name"]
        figures.add(output, f"calls of {name}", endpoint["legacy_calls"])
        figures.add(output, f"callers of {name}", len(endpoint["callers"]))
        figures.add(output, f"calls of {name} in the tree", len(endpoint["calls_in_tree"]))
        for caller in endpoint["callers"]:
            figures.add(output, f"calls of {name} by {caller['module']}", caller["calls"])
    figures.add(f"{output} functions", "interface total_legacy_calls",
                sum(row["legacy_calls"] for row in standing["deprecated_endpoints"]) if standing["usage_statistics"]["files"] else None)
    figures.add(output, "interface phase", standing["timeline"]["phase"])
    for phase in standing["timeline"]["phases"]:
        figures.add(output, f"{phase['name']} begins", f"{phase['begins']} {phase['days']}")


def add_json(figures, text):
    report = json.loads(text)
    add_report(figures, "json", report)
    accesses = [access for file in report["file_analyses"] for access in file["details"]]
    add_accesses(figures, "json accesses", accesses)
    figures.add("json accesses", "accesses at import",
                sum(access["code"] in ("W201", "W202", "W203", "W209") for access in accesses) or None)
    if not figures.said["accesses at import"].get("advice"):
        figures.add("advice", "accesses at import", None)
    files = report["file_analyses"]
    figures.add("json files", "total_changes_required", sum(file["changes"] for file in files))
    figures.add("json files", "functions_changed", sum(file["functions"] for file in files))
    for family in report["migration_summary"]:
        figures.add("json files", f"{family} accesses", sum(file["accesses_by_family"][family] for file in files))
        figures.add("json files", f"{family} changes", sum(file["changes_by_family"][family] for file in files))
    for file in files:
        figures.add("json", f"file {file['path']}", f"{file['complexity_score']:.1f} {file['risk_level']}")
        figures.add("json", f"accesses of {file['path']}", file["accesses"])
        figures.add("json", f"lines of {file['path']}", file["insertions"] + file["deletions"])


def add_accesses(figures, output, accesses):
    figures.add(output, "total_accesses", len(accesses))
    figures.add(output, "isolated", sum(access["isolated"] in (True, "true") for access in accesses))
    for outcome, count in Counter(access["outcome"] for access in accesses).items():
        figures.add(output, f"outcome {outcome}", count)
    for family, count in Counter(access["family"] for access in accesses).items():
        figures.add(output, f"{family} accesses", count)
    for code, count in Counter(access["code"] for access in accesses if access["code"]).items():
        figures.add(output, f"{code} accesses", count)


def add_jsonl(figures, text):
    records = [json.loads(line) for line in text.splitlines()]
    add_report(figures, "jsonl", records[0])
    add_accesses(figures, "jsonl accesses", [record for record in records if record["type"] == "access"])


def add_csv(figures, text):
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    add_accesses(figures, "csv", rows)
    for row in rows:
        figures.add("csv", f"file {row['path']}", f"{row['file_complexity_score']} {row['file_risk_level']}")


def add_html(figures, text):
    page = json.loads(read_page(text).data[0])
    add_report(figures, "html", page["summary"])
    for outcome, share in page["shares"].items():
        whole = page["summary"]["total_accesses"]
        figures.add("html", f"share {outcome}", f"{share:.1f}")
        figures.add("outcomes", f"share {outcome}",
                    f"{page['summary']['outcomes'][outcome] * 1000 // whole / 10 if whole else 100:.1f}")
    for family, flows in page["flows"].items():
        most = max(flows.values())
        figures.add("html", f"{family} flows fit", most <= page["summary"]["migration_summary"][family]["accesses"])
        figures.add("model", f"{family} flows fit", True)
    for hub in page["summary"]["chains"]["hubs"]:
        rows = [row for row in page["functions"] if row[0] == hub["function"] and row[2] == hub["line"]]
        figures.add("html", f"through {hub['function']}", hub["accesses"])
        figures.add("html calls", f"through {hub['function']}", rows[0][8])
    if page["interface"]["standing"]:
        add_interface(figures, "html", page["interface"]["standing"])
    for file in page["files"]:
        figures.add("html", f"file {file['path']}", f"{file['score']:.1f} {file['risk']}")
        figures.add("html", f"accesses of {file['path']}", file["accesses"])


def add_text(figures, text):
    def number(label):
        found = re.search(rf"^ *{label} +(\d+)", text, re.M)
        return int(found[1]) if found else 0
    word, score = re.search(r"^migration complexity +(\w+) \((\S+) of 10\)", text, re.M).groups()
    figures.add("text", "migration_complexity", word)
    figures.add("text", "complexity", score)
    figures.add("text", "risk", re.search(r"^risk +(\w+)", text, re.M)[1])
    figures.add("text", "total_files", int(re.search(r"^files requiring migration +\d+ of (\d+)", text, re.M)[1]))
    for label, name in (("files requiring migration", "files_requiring_migration"), ("accesses", "total_accesses"),
                        ("total changes required", "total_changes_required"), ("isolated", "isolated"),
                        ("places to decide", "places_to_decide"), ("files left alone", "files_to_repair")):
        figures.add("text", name, number(label))
    figures.add("text", "coverage", re.search(r"^isolated +\d+ [#.]* (\S+) %", text, re.M)[1])
    outcomes = text.split("\nisolated ")[0].split("\naccesses ")[1]
    for outcome, count in re.findall(r"^  (\w+) +(\d+)", outcomes, re.M):
        figures.add("text", f"outcome {outcome}", int(count))
    for row in re.findall(FAMILY, text, re.M):
        for key, value in zip(("accesses", "files", "changes", "refused", "isolated"), map(int, row[1:6])):
            figures.add("text", f"{row[0]} {key}", value)
        figures.add("text", f"{row[0]} risk", row[6])
    origins = re.search(r"where the contexts come from\n((?:  .*\n)*)", text)[1]
    for origin, count in re.findall(r"^  (\w+) +(\d+)", origins, re.M):
        figures.add("text", f"origin {origin}", int(count))
    for code, sites, accesses in re.findall(r"^  (W\d+) +(\d+) +(\d+)  ", text, re.M):
        figures.add("text", f"{code} sites", int(sites))
        figures.add("text", f"{code} accesses", int(accesses))
    for place, line in re.findall(r"^  (\d+)\. (.*)", text, re.M):
        figures.add("text", f"advice {int(place) - 1}", line)
    for count, name in re.findall(r"^ +(\d+) accesses  (\S+)", text, re.M):
        figures.add("text", f"through {name}", int(count))


def add_markdown(figures, text):
    rows = [[cell.strip(" *`") for cell in line.strip("|").split(" |")] for line in text.splitlines() if line[:1] == "|"]
    table = {row[0]: row[1:] for row in rows}
    word, score = re.match(r"(\w+)\*\* \((\S+) of 10\)", table["migration complexity"][0]).groups()
    figures.add("markdown", "migration_complexity", word)
    figures.add("markdown", "complexity", score)
    figures.add("markdown", "risk", table["risk"][0])
    migrating, files = table["files requiring migration"][0].split(" of ")
    figures.add("markdown", "files_requiring_migration", int(migrating))
    figures.add("markdown", "total_files", int(files))
    figures.add("markdown", "total_changes_required", int(table["changes required"][0]))
    figures.add("markdown", "total_accesses", int(table["accesses"][0]))
    isolated, share = re.match(r"(\d+) \((\S+) %\)", table["isolated"][0]).groups()
    figures.add("markdown", "isolated", int(isolated))
    figures.add("markdown", "coverage", share)
    for name, value in zip(("places_to_decide", "sites", "files_to_repair"),
                           re.findall(r"\d+", table["places to decide"][0])):
        figures.add("markdown", name, int(value))
    for row in rows:
        if len(row) == 8 and row[1].isdigit():
            for key, value in zip(("accesses", "files", "changes", "refused", "bridged", "isolated"),
                                  map(int, row[1:7])):
                figures.add("markdown", f"{row[0]} {key}", value)
            figures.add("markdown", f"{row[0]} risk", row[7])
        if len(row) == 4 and re.fullmatch(r"W\d+", row[0]):
            figures.add("markdown", f"{row[0]} sites", int(row[1]))
            figures.add("markdown", f"{row[0]} accesses", int(row[2]))
        if len(row) == 5 and row[1].isdigit():
            figures.add("markdown", f"file {row[0]}", f"{row[3]} {row[4]}")
            figures.add("markdown", f"accesses of {row[0]}", int(row[1]))
    for place, line in re.findall(r"^(\d+)\. (.*)", text, re.M):
        figures.add("markdown", f"advice {int(place) - 1}", re.sub(r"\\(.)", r"\1", line))


def add_findings(figures, texts):
    results = json.loads(texts["sarif"])["runs"][0]["results"]
    results = [result for result in results if not PLACE.fullmatch(result["ruleId"])]
    figures.add("sarif", "total_accesses", len(results))
    figures.add("sarif", "outcome refused", sum(result["level"] == "error" for result in results))
    figures.add("sarif", "outcome ignored", sum(bool(result["suppressions"]) for result in results))
    figures.add("gitlab", "remaining", len(json.loads(texts["gitlab"])))
    lines = [line for line in texts["github"].splitlines() if not re.search(r",title=W3\d\d::", line)]
    figures.add("github", "remaining", len(lines))
    figures.add("github", "outcome refused", sum(line.startswith("::error") for line in lines))
    suite = xml.etree.ElementTree.fromstring(texts["junit"]).find("testsuite")
    figures.add("junit", "remaining", sum(len(case.find("failure").text.splitlines()) for case in suite
                                          if case.find("failure") is not None))


def add_commands(figures, weft, tree, pack):
    def run(*words):
        done = subprocess.run([weft, *words, "-C", tree, *pack], capture_output=True, text=True, timeout=120)
        assert done.returncode in (0, 3), done.stderr
        return done.stdout, done.stderr
    stat, said = run("diff", "--stat")
    rows = (("sinks", "total_accesses"), ("isolated", "isolated"), ("files new", "new_files"),
                        ("functions changed", "functions_changed"), ("call sites changed", "call_sites_changed"),
                        ("classes holding", "classes_holding"), ("accessors", "accessors"),
                        ("files read", "total_files"), ("  unparsable", "files_to_repair"))
    for label, name in rows if stat else ():  # nothing changes, nothing is said
        figures.add("diff --stat", name, int(re.search(rf"^{label} +(\d+)", stat, re.M)[1]))
    for name, count in re.findall(r"^  (\w+) +(\d+)", stat, re.M):
        kind = f"outcome {name}" if f"outcome {name}" in figures.said else f"{name} accesses"
        if kind in figures.said:
            figures.add("diff --stat", kind, int(count))
    for path, lines in re.findall(r"^ (\S+) +\| +(\d+)", stat, re.M):
        if f"lines of {path}" in figures.said:
            figures.add("diff --stat", f"lines of {path}", int(lines))
    for count, outcome in re.findall(r"(\d+) sites? (refused|bridged)", said):
        figures.add("summary line", f"outcome {outcome}", int(count))
    scan = json.loads(run("scan", "--format", "json")[0])["summary"]
    figures.add("scan", "remaining with ignored", scan["total_sinks"])
    text = run("scan")[0]
    figures.add("scan text", "remaining with ignored", int((re.search(r"^(\d+) sinks? in", text, re.M) or [0, 0])[1]))


def add_api_commands(figures, weft, tree, pack):
    def run(*words):
        return subprocess.run([weft, "api", *words, "-C", tree, *pack], capture_output=True, text=True, timeout=120).stdout
    add_interface(figures, "api report", json.loads(run("report", "--format", "json")))
    calls, callers = re.search(r"^(\d+) calls without a context by (\d+) callers", run("usage"), re.M).groups()
    figures.add("api usage", "interface total_legacy_calls", int(calls))
    figures.add("api usage", "interface legacy_callers", int(callers))


FORMATS = ("json", "jsonl", "csv", "html", "text", "markdown", "sarif", "gitlab", "github", "junit")


def compare(weft, name, tree, pack):
    figures = Figures()
    with tempfile.TemporaryDirectory() as out:
        wanted = [word for format in FORMATS for word in ("--format", f"{format}:{out}/{format}")]
        subprocess.run([weft, "report", "-q", "-C", tree, *pack, *wanted], timeout=120)
        texts = {format: Path(out, format).read_bytes().decode() for format in FORMATS}
    for format, add in (("html", add_html), ("json", add_json), ("jsonl", add_jsonl), ("csv", add_csv),
                        ("text", add_text), ("markdown", add_markdown)):
        add(figures, texts[format])
    add_findings(figures, texts)
    add_commands(figures, weft, tree, pack)
    if "app.old.name" in texts["html"]:
        add_api_commands(figures, weft, tree, pack)
    for figure, by in figures.differing().items():
        print(f"{name}: {figure}: {by}")
    print(f"{name}: {figures.shared()} figures in two outputs or more, {len(figures.differing())} differ")
    if figures.shared() < 60:
        print(f"{name}: so few that the outputs are not read")
    return not figures.differing() and figures.shared() >= 60


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weft", required=True)
    parser.add_argument("--root", type=Path, required=True)
    options = parser.parse_args()
    weft, good = str(Path(options.weft).resolve()), True
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        for path, code in TREE.items():
            (work / "small" / path).parent.mkdir(parents=True, exist_ok=True)
            (work / "small" / path).write_text(code)
        (work / "rules.yml").write_text(RULES)
        shutil.copytree(options.root / "fixtures/maibot", work / "applied")
        subprocess.run([weft, "apply", "-q", "-C", work / "applied", "--pack", "maibot"], check=True, timeout=120,
                       env={"XDG_STATE_HOME": str(work / "state")})
        good &= compare(weft, "bot", options.root / "fixtures/maibot", ["--pack", "maibot"])
        good &= compare(weft, "bot after apply", work / "applied", ["--pack", "maibot"])
        good &= compare(weft, "small", work / "small", ["--pack", work / "rules.yml"])
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
