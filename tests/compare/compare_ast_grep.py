#!/usr/bin/python3
"""Compares the matches of weft with those of ast-grep, pattern by pattern. Run by hand:

    npm install --prefix /tmp/ast-grep @ast-grep/cli
    tests/compare/compare_ast_grep.py --ast-grep /tmp/ast-grep/node_modules/.bin/ast-grep \\
        --weft build/release/weft /usr/lib/python3.11

Prints for each pattern how many matches there are, how many only one of the two has, and both times;
ends with 1 when there is a difference.
"""
import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

PATTERNS = Path(__file__).with_name("patterns.txt")
RUNS = 1


def patterns(file):
    lines = file.read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def run(command, tree):
    """Standard output of COMMAND in TREE, and the seconds of the best run."""
    best = None
    for _ in range(RUNS):
        start = time.monotonic()
        done = subprocess.run(command, cwd=tree, capture_output=True)
        seconds = time.monotonic() - start
        best = seconds if best is None else min(best, seconds)
    return done.stdout, best


def by_weft(program, pattern, tree):
    text, seconds = run([program, "scan", "--format", "json", "--pattern", pattern], tree)
    rows = json.loads(text)["matches"]
    return {(r["path"], r["line"], r["column"], r["end_line"], r["end_column"])
            for r in rows}, seconds


def by_ast_grep(program, pattern, tree):
    text, seconds = run([program, "run", "--json=stream", "--no-ignore", "hidden", "-l", "python",
                         "-p", pattern, "."], tree)
    rows = [json.loads(line) for line in text.splitlines()]
    return {(r["file"].removeprefix("./"), r["range"]["start"]["line"] + 1,
             r["range"]["start"]["column"] + 1, r["range"]["end"]["line"] + 1,
             r["range"]["end"]["column"] + 1) for r in rows}, seconds


def main():
    parser = argparse.ArgumentParser(description="compare weft with ast-grep")
    parser.add_argument("--ast-grep", required=True)
    parser.add_argument("--weft", required=True, type=Path)
    parser.add_argument("tree", type=Path)
    options = parser.parse_args()
    different = 0
    total = {"weft": 0.0, "ast-grep": 0.0}
    print(f"{'matches':>8} {'weft only':>9} {'a-g only':>8} {'weft':>7} {'ast-grep':>8}  pattern")
    for pattern in patterns(PATTERNS):
        ours, our_time = by_weft(options.weft.resolve(), pattern, options.tree)
        theirs, their_time = by_ast_grep(options.ast_grep, pattern, options.tree)
        total["weft"] += our_time
        total["ast-grep"] += their_time
        print(f"{len(ours & theirs):8} {len(ours - theirs):9} {len(theirs - ours):8} "
              f"{our_time:6.2f}s {their_time:7.2f}s  {pattern}")
        for name, rows in (("weft", ours - theirs), ("ast-grep", theirs - ours)):
            for row in sorted(rows)[:3]:
                print(f"         only {name}: {row[0]}:{row[1]}:{row[2]}")
        different += ours != theirs
    print(f"{different} patterns differ; weft {total['weft']:.2f} s, ast-grep {total['ast-grep']:.2f} s")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
