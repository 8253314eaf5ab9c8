#!/usr/bin/python3
"""Every output format of `weft report`, over a tree that is hostile to it, read back by a parser of the format.

    tests/formats/run_formats.py --weft build/release/weft --root .

Each format that weft knows must have a reader here. A reader returns how many accesses it found; that must be as
many as the tree has. None may contain a character that a terminal acts on or that reorders the text around it.
"""
import argparse
import csv
import io
import json
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

from jsonschema import Draft4Validator, Draft202012Validator

import hostile

RULES = """\
version: 1
context: { parameter: ctx, type: app.iso.Ctx, dimensions: [tenant], ambient: app.iso.now }
sinks:
  - { id: settings, family: config_system, symbol: app.config.settings, replace: "app.iso.settings({context})" }
"""
# What no output shows as it is: C0 and C1 controls but the line end, and what changes the direction or is not seen.
FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
FORBIDDEN_OR_BROKEN = re.compile(FORBIDDEN.pattern + "|[\udc80-\udcff]")  # or bytes that are no UTF-8


class Wrong(Exception):
    pass


def demand(condition, what):
    if not condition:
        raise Wrong(what)


# ---- readers ---------------------------------------------------------------------------------------
def read_json(text, schemas):
    report = json.loads(text)
    schemas["report"].validate(report)
    return sum(len(f["details"]) for f in report["file_analyses"])


def read_jsonl(text, schemas):
    records = [json.loads(line) for line in text.splitlines()]
    for record in records:
        schemas["record"].validate(record)
    return sum(record["type"] == "access" for record in records)


def read_sarif(text, schemas):
    log = json.loads(text)
    schemas["sarif"].validate(log)
    return len(log["runs"][0]["results"])


def read_gitlab(text, _schemas):
    entries = json.loads(text)
    for entry in entries:
        demand(entry["location"]["lines"]["begin"] > 0 and re.fullmatch("[0-9a-f]{16}.*", entry["fingerprint"]),
               f"an entry is not as GitLab wants it: {entry}")
    demand(len({e["fingerprint"] for e in entries}) == len(entries), "two entries have one fingerprint")
    return len(entries)


def read_junit(text, _schemas):
    suite = xml.etree.ElementTree.fromstring(text).find("testsuite")
    cases = suite.findall("testcase")
    demand(int(suite.get("tests")) == len(cases), "the number of tests is wrong")
    return sum(len(case.find("failure").text.splitlines()) for case in cases if case.find("failure") is not None)


def read_csv(text, _schemas):
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    demand(len({len(row) for row in rows}) == 1, "rows differ in length")
    for row in rows[1:]:
        for field in row:
            demand(field[:1] not in tuple("=+-@"), f"a spreadsheet would run {field!r}")
    return len(rows) - 1


def read_github(text, _schemas):
    lines = text.splitlines()
    for line in lines:
        demand(re.fullmatch(r"::(error|warning) file=[^,:]*,line=\d+,endLine=\d+,col=\d+(,endColumn=\d+)?,title=[^,:]*::.*",
                            line), f"no annotation: {line!r}")
    return len(lines)


def read_dot(text, _schemas):
    token = re.compile(r'"(?:[^"\\\n]|\\.)*"|->|[{}\[\];,=]|-?[A-Za-z_0-9.]+|\s+|//[^\n]*')
    at, names = 0, Counter()
    while at < len(text):
        found = token.match(text, at)
        demand(found, f"no token of DOT: {text[at:at + 40]!r}")
        names[found[0]] += 1
        at = found.end()
    demand(names["{"] == names["}"] and names["digraph"] == 1, "the graph is not closed")
    return None  # modules, not accesses


class Page(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.shapes, self.data, self.in_data = Counter(), [], False

    def handle_starttag(self, tag, attributes):
        self.shapes[tag, tuple(sorted(name for name, _ in attributes))] += 1
        self.in_data = tag == "script" and ("type", "application/json") in attributes
        if self.in_data:
            self.data.append("")

    def handle_endtag(self, tag):
        self.in_data = False

    def handle_data(self, data):
        if self.in_data:
            self.data[-1] += data


def read_page(text):
    page = Page()
    page.feed(text)
    page.close()
    return page


def read_html(text, schemas):
    page = read_page(text)
    demand(page.shapes == schemas["shapes"], f"elements that a harmless tree does not have: "
                                             f"{page.shapes - schemas['shapes']}")
    demand(page.data, "no data")
    for data in page.data:
        json.loads(data)
    return None  # the page counts in the browser: tests/e2e/report_page


def read_markdown(text, _schemas):
    demand(not re.search(r"<(?!br>|/?sub>|/?details>|/?summary>)[a-zA-Z/!?]", text), "raw HTML")
    for line in text.splitlines():
        demand(not line.startswith(("```", "##[", "::")), f"a line that means something: {line!r}")
    return None  # shows the hardest files only


def read_text(text, _schemas):
    return int(re.search(r"^accesses +(\d+)", text, re.M)[1])


READERS = {name[5:]: reader for name, reader in globals().items() if name.startswith("read_") and name != "read_page"}


# ---- other commands --------------------------------------------------------------------------------
COMMANDS = ("scan", "scan --format json", "scan -v", "check --no-new", "check --no-new --max-complexity 0",
            "explain app.config.settings", "explain app/config.py:5", "diff --stat", "apply --dry-run",
            "scan --pattern settings.$NAME", "scan --pattern settings.$NAME --format json", "plan", "status",
            "api report", "api report --format json", "verify --no-commands", "verify --no-commands --format json",
            "rules check", "rules show", "init -o -")


def check_commands(weft, tree):
    """What other commands print of a tree, on both streams."""
    failed = 0
    for words in COMMANDS:
        command = words.split()
        bare = "--pattern" in command or command[0] in ("status", "init")
        rules = [] if bare else ["--pack", str(tree / "rules.yml")]
        words = 2 if command[0] in ("api", "rules") else 1
        done = subprocess.run([weft, *command[:words], "-C", str(tree), *rules, *command[words:]], capture_output=True,
                              stdin=subprocess.DEVNULL, timeout=100)
        for stream in (done.stdout, done.stderr):
            found = FORBIDDEN_OR_BROKEN.search(stream.decode("utf-8", "surrogateescape"))
            if found or done.returncode not in (0, 1) or not done.stdout + done.stderr:
                failed += 1
                print(f"weft {' '.join(command)}: status {done.returncode}, {found}: {stream[-300:]!r}")
    return failed


# ---- the run ---------------------------------------------------------------------------------------
def formats_of(weft):
    """The table of formats, as weft itself names it."""
    said = subprocess.run([weft, "report", "--format", "no-such-format"], capture_output=True, text=True).stderr
    return re.search("known are: (.*)", said)[1].split(", ")


def report(weft, tree, formats, out):
    command = [weft, "report", "-C", str(tree), "--pack", str(tree / "rules.yml"), "-q"]
    for name in formats:
        command += ["--format", f"{name}:{out / name}"]
    done = subprocess.run(command, capture_output=True, timeout=100)
    demand(done.returncode == 0, f"weft ends with {done.returncode}: {done.stderr.decode(errors='replace')}")
    return {name: (out / name).read_bytes() for name in formats}


def make_tree(folder, texts):
    folder.mkdir()
    (folder / "rules.yml").write_text(RULES)
    return hostile.write(folder, texts)


def check(name, output, expected, schemas):
    text = output.decode("utf-8")  # invalid UTF-8 in a name is no excuse
    bare = text.replace("\r\n", "\n") if name == "csv" else text
    found = FORBIDDEN.search(bare)
    demand(not found, f"{found and found[0]!r} in {found and bare[max(0, found.start() - 40):found.end() + 20]!r}")
    count = READERS[name](text, schemas)
    demand(count in (None, expected), f"{count} accesses instead of {expected}")


def validator(kind, file, part=None):
    schema = json.loads(file.read_text())
    if part:
        schema = {"$schema": schema["$schema"], "$ref": f"#/$defs/{part}", "$defs": schema["$defs"]}
    kind.check_schema(schema)
    return kind(schema)


def frozen_reports(root, schemas):
    """The expected outputs of tests/cases/report are valid, too: they have outcomes that the trees here have not."""
    wrong = 0
    for case, key in (("json", "report"), ("sarif", "sarif"), ("sarif-ignored", "sarif"), ("sarif-long-chain", "sarif")):
        for file in root.glob(f"tests/cases/report/{case}.d/expected.[jt]*"):
            for error in schemas[key].iter_errors(json.loads(file.read_text())):
                wrong += 1
                print(f"{file}: {error.json_path}: {error.message[:200]}")
    return wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weft", required=True)
    parser.add_argument("--root", type=Path, required=True)
    options = parser.parse_args()
    report_schema = options.root / "docs/schema/report.schema.json"
    schemas = {"sarif": validator(Draft4Validator, options.root / "tests/formats/sarif-2.1.0.json"),
               "report": validator(Draft202012Validator, report_schema),
               "record": validator(Draft202012Validator, report_schema, "record")}
    formats, failed = formats_of(options.weft), 0
    with tempfile.TemporaryDirectory() as work:
        trees = {"harmless": [b"file %d" % i for i in range(len(hostile.TEXTS))], "hostile": hostile.TEXTS}
        for tree, texts in trees.items():
            root, out = Path(work, tree), Path(work, tree + ".out")
            expected = make_tree(root, texts)
            out.mkdir()
            outputs = report(options.weft, root, formats, out)
            schemas["shapes"] = schemas.get("shapes") or read_page(outputs["html"].decode()).shapes
            for name in formats:
                try:
                    demand(name in READERS, "no reader: write one")
                    check(name, outputs[name], expected, schemas)
                except Exception as wrong:  # a parser's own
                    failed += 1
                    print(f"{tree} tree, {name}: {type(wrong).__name__}: {str(wrong)[:600]}")
        failed += check_commands(options.weft, Path(work, "hostile"))
    failed += frozen_reports(options.root, schemas)
    print(f"{len(hostile.TEXTS)} texts in {len(formats)} formats, {failed} failed")
    return 1 if failed or len(formats) < 10 else 0


if __name__ == "__main__":
    sys.exit(main())
