#!/usr/bin/python3
"""The scores of `weft report` against the formulas that docs/report.md shows, on trees that grow at random.

    tests/formats/run_score.py --weft build/release/weft --root . [--seed N] [--steps N]

At each step a tree gets one more access; no score may fall, and each must be what the numbers of the document say.
"""
import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

WEIGHTS = {"config_system": 1, "memory": 3, "database_access": 7}
RULES = """\
version: 1
context: {{ parameter: ctx, type: app.iso.Ctx, dimensions: [tenant], ambient: app.iso.now }}
complexity: {{ weights: {{ {weights} }}, scale: {scale} }}
sinks:
{sinks}
"""
SINK = '  - {{ id: {name}, family: {name}, symbol: app.config.{name}, replace: "app.iso.get({{context}})" }}'
PLACES = {"function": "def f{n}():\n    return {name}.x\n\n\n", "module": "X{n} = {name}.x\n\n\n",
          "class": "class C{n}:\n    x = {name}.x\n\n\n", "default": "def g{n}(x={name}.x):\n    return x\n\n\n"}
LEVELS = ("low", "medium", "high", "critical")


class Document:
    """The numbers of docs/report.md."""

    def __init__(self, text):
        def numbers(pattern):
            found = re.search(pattern, text)
            if not found:
                sys.exit(f"docs/report.md: nothing looks like {pattern!r}")
            return [int(number) for number in found.groups()]
        self.outside, = numbers(r"\+ (\d+) outside of functions")
        self.highest, = numbers(r"score of a file  = (\d+) × points / \(points \+ scale\)")
        self.highest_of_tree, self.tree_scale = numbers(
            r"score of a tree  = (\d+) × points / \(points \+ (\d+) × scale\)")
        self.refused, self.bridged, self.doubt = numbers(
            r"risk points of a file = (\d+) a refused access \+ (\d+) a bridged one \+ (\d+) a doubtful site")
        self.risk_ends = numbers(r"low: 0-(\d+)    medium: \d+-(\d+)    high: \d+-(\d+)    critical: more")

    def risk(self, file):
        outcomes = file["outcomes"]
        points = (self.refused * outcomes["refused"] + self.bridged * outcomes["bridged"] +
                  self.doubt * file["doubts"])
        return LEVELS[sum(points > end for end in self.risk_ends)]


def score(highest, points, scale):
    return highest * 10 * points // (points + scale) / 10  # in tenths, rounded down


def write(root, scale, modules):
    names = list(WEIGHTS)
    weights = ", ".join(f"{name}: {weight}" for name, weight in WEIGHTS.items())
    sinks = "\n".join(SINK.format(name=name) for name in names)
    (root / "rules.yml").write_text(RULES.format(weights=weights, scale=scale, sinks=sinks))
    (root / "app").mkdir(exist_ok=True)
    (root / "app/config.py").write_text("".join(f"{name} = object()\n" for name in names))
    for path, code in modules.items():
        (root / path).write_text("".join(f"from app.config import {name}\n" for name in names) + "\n\n" + code)


def report(weft, root):
    done = subprocess.run([weft, "report", "-C", root, "--pack", root / "rules.yml", "-q", "--format", "json"],
                          capture_output=True, check=True, timeout=60)
    return json.loads(done.stdout)


def judge(document, scale, told, before):
    """Mistakes of one report; BEFORE: scores by path of the tree with one access less."""
    whole = 0
    for file in told["file_analyses"]:
        points = sum(WEIGHTS[access["family"]] + (document.outside if " " in access["function"] else 0)
                     for access in file["details"])
        whole += points
        expected = score(document.highest, points, scale)
        if file["complexity_score"] != expected:
            yield f"{file['path']}: score {file['complexity_score']}, by the document {expected}"
        if file["complexity_score"] < before.get(file["path"], 0):
            yield f"{file['path']}: the score fell from {before[file['path']]} to {file['complexity_score']}"
        if file["risk_level"] != document.risk(file):
            yield f"{file['path']}: risk {file['risk_level']}, by the document {document.risk(file)}"
        before[file["path"]] = file["complexity_score"]
    expected = score(document.highest_of_tree, whole, document.tree_scale * scale)
    if told["complexity_score"] != expected:
        yield f"the tree: score {told['complexity_score']}, by the document {expected}"
    if told["complexity_score"] < before.get("", 0):
        yield f"the tree: the score fell from {before['']} to {told['complexity_score']}"
    before[""] = told["complexity_score"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weft", required=True)
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=30)
    options = parser.parse_args()
    document = Document((options.root / "docs/report.md").read_text())
    pick, before, modules, wrong = random.Random(options.seed), {}, {}, 0
    scale = (1, 10, 40)[options.seed % 3]
    with tempfile.TemporaryDirectory() as work:
        for step in range(options.steps):
            path = f"app/m{pick.randrange(4)}.py"
            place = PLACES[pick.choice(list(PLACES))].format(n=step, name=pick.choice(list(WEIGHTS)))
            modules[path] = modules.get(path, "") + place
            write(Path(work), scale, modules)
            told = report(options.weft, Path(work))
            if told["total_accesses"] != step + 1:
                print(f"step {step}: {told['total_accesses']} accesses instead of {step + 1}")
                wrong += 1
            for mistake in judge(document, scale, told, before):
                print(f"step {step}: {mistake}")
                wrong += 1
    print(f"{options.steps} steps, scale {scale}, {wrong} mistakes")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
