#!/usr/bin/env python3
"""How many instructions each stage of weft takes on the example, beside what was counted before.

usage: instructions.py --weft PROGRAM --compiler NAME [--accept]

Counts with callgrind, one thread, `weft diff` of fixtures/maibot: the same number on each machine, but for what a
processor chooses in the C library, which is told to choose nothing. instructions.json keeps the counts of a build by
the compiler that it names. A stage over 3 % dearer fails, with the functions that grew most; --accept writes what is
counted now. Exit status 77, a skip, without valgrind and with another compiler.
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

HERE = os.path.dirname(os.path.abspath(__file__))
BASELINE = os.path.join(HERE, "instructions.json")
EXAMPLE = os.path.join(HERE, "../../fixtures/maibot")
MOST = 1.03
LEAST_SHARE = 0.002  # of all instructions: smaller functions are not kept
SHOWN = 8
SKIPPED = 77  # no valgrind, or not the compiler of the baseline: there is nothing to compare with
# Stages by the functions that carry them out; the last is all there is.
STAGES = ("sources_load", "rules_load", "facts_extract", "python_resolve", "solve_context", "weave_edits", "plan_build",
          "plan_check", "diff_write", "main")
NAME = re.compile(r"\((\d+)\)(?: (.*))?")


class Profile:
    """A callgrind file: by function of weft what it costs itself, and what it costs with all that it calls."""

    def __init__(self, path):
        self.names = {"fn": {}, "ob": {}}
        self.own, self.whole = collections.Counter(), collections.Counter()
        with open(path, encoding="utf-8", errors="replace") as file:
            self.read(file)

    def name(self, kind, text):
        number, name = NAME.match(text).groups()
        return self.names[kind].setdefault(number, name)

    def read(self, file):
        function, ours, callee, calling = None, False, None, False
        calls = collections.Counter()  # (caller, callee): a function that is called again by itself counts once
        for line in file:
            key, mark, rest = line.rstrip("\n").partition("=")
            if mark and key in ("fn", "ob"):
                name = self.name(key, rest)
                function, ours = (name, ours) if key == "fn" else (function, name.endswith("/weft"))
            elif mark and key in ("cfn", "cob"):
                callee = self.name(key[1:], rest) if key == "cfn" else callee
                self.name(key[1:], rest)
            elif mark and key == "calls":
                calling = True
            elif line[:1].isdigit() or line[:1] in "+-*":
                cost = int(line.split()[-1])
                if calling:
                    calls[callee] += cost
                    calling = False
                else:
                    self.own[function] += cost if ours else 0
        self.whole = calls


def clean(name):
    """A function's name without what the compiler adds."""
    return re.sub(r"(\.(isra|part|constprop|cold|lto_priv)(\.\d+)?)+|'\d+", "", name)


def count(weft):
    """The instructions of each stage and of the functions of weft that take most."""
    with tempfile.TemporaryDirectory() as folder:
        out, tree = os.path.join(folder, "callgrind"), os.path.join(folder, "maibot")
        shutil.copytree(EXAMPLE, tree)  # below no repository, whatever the checkout is
        environment = {"PATH": os.environ["PATH"], "XDG_STATE_HOME": folder, "LC_ALL": "C",
                       "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-AVX512F,-AVX512VL,-ERMS,-FSRM"}
        subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", weft, "diff", "--no-cache", "-j", "1",
                        "-C", tree], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                       check=True)
        profile = Profile(out)
    stages = {name: profile.whole[name] for name in STAGES}
    functions = collections.Counter()
    for name, cost in profile.own.items():
        functions[clean(name)] += cost
    least = LEAST_SHARE * stages["main"]
    return {"stages": stages, "functions": {name: cost for name, cost in functions.most_common() if cost >= least}}


def compare(before, now):
    """The stages that grew too much; prints the table."""
    grown = []
    for name, cost in now["stages"].items():
        old = before["stages"].get(name, 0)
        ratio = cost / old if old else 1.0
        print(f"{name:16} {old / 1e6:10.2f} {cost / 1e6:10.2f} Mi {100 * (ratio - 1):+7.2f} %")
        # What is small grows by its whole self when a file is added to the example.
        if ratio > MOST and cost - old > LEAST_SHARE * now["stages"]["main"]:
            grown.append(name)
    return grown


def show_growth(before, now):
    changes = {name: cost - before["functions"].get(name, 0) for name, cost in now["functions"].items()}
    for name in sorted(changes, key=changes.get, reverse=True)[:SHOWN]:
        if changes[name] > 0:
            print(f"    {name}: {changes[name] / 1e6:+.2f} Mi, now {now['functions'][name] / 1e6:.2f}")


def main():
    parser = argparse.ArgumentParser(usage=__doc__.replace('%', '%%'), add_help=False)
    parser.add_argument("--weft", required=True)
    parser.add_argument("--compiler", required=True)
    parser.add_argument("--accept", action="store_true")
    options = parser.parse_args()
    if not shutil.which("valgrind"):
        print("skipped: valgrind is not installed")
        return SKIPPED
    with open(BASELINE, encoding="utf-8") as file:
        before = json.load(file)
    if before["compiler"] != options.compiler and not options.accept:
        print(f"skipped: counted with {before['compiler']}, and this is {options.compiler}")
        return SKIPPED
    now = count(options.weft)
    grown = compare(before, now)
    if options.accept:
        with open(BASELINE, "w", encoding="utf-8") as file:
            json.dump({"compiler": options.compiler, **now}, file, indent=1)
            file.write("\n")
        return 0
    if grown:
        print(f"more than 3 % dearer: {', '.join(grown)}. The functions that grew most:")
        show_growth(before, now)
        print("tests/bench/instructions.py --accept keeps the new counts, when they are worth it")
    return 1 if grown else 0


if __name__ == "__main__":
    sys.exit(main())
