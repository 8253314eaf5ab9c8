#!/usr/bin/env python3
"""What weft does to real trees: a table, so that a figure in a note is a command.

usage: real_trees.py [--weft PROGRAM] [--runs N] [--keep FOLDER] [--json] TREE[=PACK]...

    tests/bench/real_trees.py ~/MaiBot ~/AstrBot=rules/astrbot

For each tree, on a copy that no run changes twice:

  diff      weft diff, N times: fastest and slowest wall time, largest memory
  apply     `git apply` takes the diff, and every file that compiled still compiles
  again     a second weft diff on the result is empty
  solution  sinks by outcome, code and origin; functions, call sites and files that change

PACK is a pack's name or path; without it weft chooses. Prints Markdown, or JSON with --json. With
--keep the results stay under FOLDER/NAME, for other judges. Reads nothing but the trees, and needs
git and nothing else. Exit status 1 when a diff does not apply, a file stops compiling or a second diff is
not empty.
"""
import argparse
import collections
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

PROGRAM = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../build/release/weft")
OUTCOMES = ("threaded", "held", "carried", "closure", "created", "bridged", "refused")
SKIPPED = shutil.ignore_patterns(".git", "__pycache__", "node_modules")


def measure(command, stdout):
    """Runs COMMAND; returns its exit code, wall seconds, peak megabytes and stderr."""
    with tempfile.TemporaryFile() as errors, open(stdout, "wb") as output:
        start = time.monotonic()
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=errors)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.monotonic() - start
        errors.seek(0)
        text = errors.read().decode("utf-8", "replace")
    return os.waitstatus_to_exitcode(status), seconds, usage.ru_maxrss / 1024, text


def python_files(tree):
    for folder, folders, files in os.walk(tree):
        folders[:] = sorted(f for f in folders if f != ".git")
        for name in sorted(files):
            if name.endswith((".py", ".pyi")) and os.path.isfile(os.path.join(folder, name)):
                yield os.path.relpath(os.path.join(folder, name), tree)


def broken_files(tree):
    """The files that Python does not compile."""
    found = set()
    for path in python_files(tree):
        with open(os.path.join(tree, path), "rb") as file:
            source = file.read()
        try:
            compile(source, path, "exec", dont_inherit=True)
        except (SyntaxError, ValueError):
            found.add(path)
    return found


def read_solution(text):
    """Counts from the dump of a solution."""
    counts = {"outcomes": collections.Counter(), "families": collections.Counter(),
              "codes": collections.Counter(), "origins": collections.Counter(),
              "origin_sets": collections.Counter()}
    sinks = 0
    for line in text.partition("\nsinks\n")[2].splitlines():
        found = re.match(r"  .*:\d+:\d+: (\w+) (\w+)", line)
        if not found:
            continue
        sinks += 1
        family, outcome = found.groups()
        counts["families"][family] += 1
        counts["outcomes"][outcome] += 1
        code = re.search(r" code=(\w+)", line)
        if code:
            counts["codes"][f"{outcome} {code[1]}"] += 1
        origins = re.search(r" origins=([\w,]+)", line)
        names = origins[1].split(",") if origins else ["unknown"]
        counts["origins"].update(names)
        counts["origin_sets"][",".join(names)] += 1
    result = {name: dict(sorted(counter.items())) for name, counter in counts.items()}
    result["outcomes"] = {name: counts["outcomes"][name] for name in OUTCOMES}
    return {"sinks": sinks, **result}


def judge(weft, tree, pack, runs, keep):
    name = os.path.basename(os.path.abspath(tree))
    options = ["--pack", pack] if pack else []
    with tempfile.TemporaryDirectory() as scratch:
        copy = os.path.join(keep or scratch, name)
        if keep and os.path.exists(copy):
            shutil.rmtree(copy)
        shutil.copytree(tree, copy, ignore=SKIPPED, symlinks=True)
        diff = os.path.join(scratch, "weft.diff")
        times, memory = [], 0.0
        for _ in range(runs):
            code, seconds, megabytes, errors = measure([weft, "diff", "-C", copy, *options], diff)
            times.append(seconds)
            memory = max(memory, megabytes)
        if code not in (0, 3):
            return {"tree": name, "exit": code, "errors": errors[:2000]}
        result = {"tree": name, "exit": code, "seconds": [min(times), max(times)], "megabytes": memory}

        dump = os.path.join(scratch, "solution")
        measure([weft, "diff", "--dump=solution", "-C", copy, *options], dump)
        with open(dump, encoding="utf-8", errors="replace") as file:
            result |= read_solution(file.read())
        report = os.path.join(scratch, "report")
        measure([weft, "report", "-q", "--format", "json", "-C", copy, *options], report)
        with open(report, encoding="utf-8") as file:
            result["isolated"] = json.load(file)["isolation"]["isolated"]
        stat = os.path.join(scratch, "stat")
        measure([weft, "diff", "--stat", "-C", copy, *options], stat)
        with open(stat, encoding="utf-8", errors="replace") as file:
            text = file.read()
        for key, label in (("functions", "functions changed"), ("sites", "call sites changed"),
                           ("files_read", "files read"), ("files_changed", "  changed"),
                           ("files_new", "files new")):
            found = re.search(rf"^{label} +(\d+)", text, re.M)
            result[key] = int(found[1]) if found else 0

        before = broken_files(copy)
        subprocess.run(["git", "init", "-q", copy], check=True)
        applied = subprocess.run(["git", "apply", "--whitespace=nowarn", diff], cwd=copy, capture_output=True)
        shutil.rmtree(os.path.join(copy, ".git"))
        result["applies"] = applied.returncode == 0 or os.path.getsize(diff) == 0
        result["apply_errors"] = "" if result["applies"] else applied.stderr.decode("utf-8", "replace")[:2000]
        result["stop_compiling"] = sorted(broken_files(copy) - before)
        again = os.path.join(scratch, "again.diff")
        measure([weft, "diff", "-C", copy, *options], again)
        result["second_diff_bytes"] = os.path.getsize(again)
    return result


def is_good(result):
    return result["exit"] in (0, 3) and result["applies"] and not result["stop_compiling"] \
        and not result["second_diff_bytes"]


def markdown(results):
    def row(label, value):
        return f"| {label} | " + " | ".join(value(r) if "sinks" in r else f"exit {r['exit']}" for r in results) + " |"

    def each(group):
        names = sorted({name for r in results for name in r.get(group, {})})
        return [row(f"{group}: {name}", lambda r, n=name: str(r[group].get(n, 0))) for name in names]

    def key(name):
        return lambda r: str(r[name])

    rows = ["| | " + " | ".join(r["tree"] for r in results) + " |", "|---" * (len(results) + 1) + "|",
            row("sinks", key("sinks"))]
    rows += [row(name, lambda r, n=name: str(r["outcomes"][n])) for name in OUTCOMES]
    rows += [row("isolated", key("isolated")), *each("families"), *each("codes"), *each("origins"),
             row("functions that gained the parameter", key("functions")),
             row("call, constructor and forward sites", key("sites")),
             row("files read / changed / new",
                 lambda r: f"{r['files_read']} / {r['files_changed']} / {r['files_new']}"),
             row("wall seconds", lambda r: f"{r['seconds'][0]:.2f} to {r['seconds'][1]:.2f}"),
             row("megabytes", lambda r: f"{r['megabytes']:.0f}"),
             row("git apply", lambda r: "takes it" if r["applies"] else "refuses it"),
             row("files that stop compiling", lambda r: str(len(r["stop_compiling"]))),
             row("second diff", lambda r: "empty" if not r["second_diff_bytes"] else
                 f"{r['second_diff_bytes']} bytes")]
    return "\n".join(rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--weft", default=PROGRAM)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--keep", metavar="FOLDER")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("trees", nargs="+", metavar="TREE[=PACK]")
    options = parser.parse_args()
    results = []
    for argument in options.trees:
        tree, _, pack = argument.partition("=")
        if pack and os.path.exists(pack):
            pack = os.path.abspath(pack)
        results.append(judge(os.path.abspath(options.weft), tree, pack, options.runs, options.keep))
    print(json.dumps(results, indent=2) if options.json else markdown(results))
    for result in results:
        for problem in (result.get("errors"), result.get("apply_errors"), result.get("stop_compiling")):
            if problem:
                print(f"{result['tree']}: {problem}", file=sys.stderr)
    return 0 if all(is_good(result) for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
