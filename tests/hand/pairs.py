#!/usr/bin/env python3
"""weft scan from scratch beside clang -fsyntax-only on the same units, in turns, two at a time.

usage: pairs.py [--weft PROGRAM] [--compiler CLANG] [--turns N] [--jobs N] TREE RULES

Prints processor seconds and wall seconds of either, and how many times what clang takes weft does. Both read every unit of
TREE/compile_commands.json, and neither keeps anything. Exit status 1 when the median is more than 1.3.
"""
import argparse
import concurrent.futures
import json
import os
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
MOST = 1.3


def timed(work):
    """Processor seconds of all children, and wall seconds."""
    before, begin = os.times(), time.monotonic()
    work()
    after = os.times()
    return (after.children_user + after.children_system - before.children_user - before.children_system,
            time.monotonic() - begin)


def words_of(unit):
    """What the compiler is told, but for its output."""
    kept, skipped = [], False
    for word in unit["arguments"][1:]:
        if not skipped and word not in ("-c", "-o"):
            kept.append(word)
        skipped = word == "-o"
    return kept


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--weft", default=os.path.join(HERE, "../../build/release/weft"))
    parser.add_argument("--compiler", default="clang")
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("tree")
    parser.add_argument("rules")
    options = parser.parse_args()
    with open(os.path.join(options.tree, "compile_commands.json")) as file:
        units = json.load(file)

    def check(unit):
        subprocess.run([options.compiler, "-fsyntax-only", "-w", *words_of(unit)], cwd=unit["directory"],
                       capture_output=True, check=False)

    def clang():
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            list(pool.map(check, units))

    def weft():
        subprocess.run([options.weft, "scan", "--no-cache", "-j", str(options.jobs), "-C", options.tree, "--pack",
                        os.path.abspath(options.rules)], capture_output=True, check=False)

    ratios = []
    for _ in range(options.turns):
        (a, a_wall), (b, b_wall) = timed(clang), timed(weft)
        ratios.append(b / a)
        print(f"{len(units)} units: clang {a:.1f} s ({a_wall:.0f}), weft {b:.1f} s ({b_wall:.0f}), {b / a:.2f} times; "
              f"load {os.getloadavg()[0]:.0f}", flush=True)
    return 1 if statistics.median(ratios) > MOST else 0


if __name__ == "__main__":
    sys.exit(main())
