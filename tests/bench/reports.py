#!/usr/bin/env python3
"""What reports cost: `weft report` in every format at once against `weft diff`, and the size of each.

usage: reports.py [--weft PROGRAM] [--runs N] TREE[=PACK]...

The two run by turns, so that a busy machine slows both. Prints Markdown: the fastest wall time and the
least processor time of each, their ratios, and the bytes of every format. Writes nothing beside a
temporary folder.
"""
import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time

PROGRAM = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../build/release/weft")
FORMATS = "text json jsonl markdown html csv sarif github gitlab junit dot".split()


def measure(command):
    """Wall and processor seconds of COMMAND."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    result = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL, check=False)
    wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if result.returncode not in (0, 3):
        sys.exit(f"{' '.join(command)}: exit status {result.returncode}")
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compare(weft, tree, pack, runs):
    options = ["-C", tree, *(["--pack", pack] if pack else [])]
    with tempfile.TemporaryDirectory() as folder:
        files = {name: os.path.join(folder, name) for name in FORMATS}
        report = [weft, "report", *options]
        for name, file in files.items():
            report += ["--format", f"{name}:{file}"]
        times = [(measure([weft, "diff", *options]), measure(report)) for _ in range(runs)]
        sizes = {name: os.path.getsize(file) for name, file in files.items()}
    for clock, label in enumerate(("wall", "processor")):
        diff, every = (min(pair[command][clock] for pair in times) for command in (0, 1))
        print(f"| {label} seconds: diff, report, ratio | {diff:.2f}, {every:.2f}, {every / diff:.2f} |")
    for name, size in sizes.items():
        print(f"| {name} | {size:,} bytes |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--weft", default=PROGRAM)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("trees", nargs="+", metavar="TREE[=PACK]")
    options = parser.parse_args()
    for argument in options.trees:
        tree, _, pack = argument.partition("=")
        print(f"| {os.path.basename(os.path.abspath(tree))} | |\n|---|---|")
        compare(os.path.abspath(options.weft), tree, os.path.abspath(pack) if os.path.exists(pack) else pack, options.runs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
