#!/usr/bin/env python3
"""How the cost of weft grows with its input, for shapes that no real tree has: a table.

usage: growth.py [--weft PROGRAM] [--shape NAME]... [--command NAME]... [--instructions] [--list]
                 [--scale FACTOR] [--repeats N] [--keep FOLDER] [--ends]

Each shape (growth_shapes.py) is a tree of a size N, with accesses that get their context from a
boundary. weft runs on a tree of N and on one of 4 N, and the second may cost at most 2.3 * 2.3 times
as much, so doubling costs at most 2.3 times. Cost is user CPU time, the best of several runs, or with
--instructions the count of valgrind's cachegrind above that of a tree with one access, which is exact,
deterministic and 20 times slower.

    tests/bench/growth.py                          # all shapes
    tests/bench/growth.py --shape decorators --command diff --scale 4

With --ends only the tree of 4 N is looked at: it must end within 10 s of CPU time. With a --scale at which
a quadratic place takes minutes, that is a test for busy machines (bench/growth of ctest).

Columns: bytes of the large tree, cost of both, growth by doubling, peak memory, and what the memory is
by byte of source. Exit status 1 when something grows faster than it may, fails or does not end.
"""
import argparse
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import growth_shapes  # noqa: E402
import growth_inputs  # noqa: E402,F401  # registers its shapes

PROGRAM = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../build/release/weft")
DOUBLING = 2.3
SECONDS = 10         # CPU time after which a run does not end
VALGRIND = 40        # times as long below it
MEMORY = 8 << 30     # address space of a run
FORMATS = ("json", "html", "sarif", "csv", "markdown", "dot", "junit", "github", "gitlab")
COMMANDS = {
    "scan": ["scan", "--no-cache"],
    "diff": ["diff", "--no-cache"],
    "report": ["report", "--no-cache", "--quiet"] + [part for name in FORMATS
                                       for part in ("--format", f"{name}:report.{name}")],
    "check": ["check", "--no-cache", "--quiet", "--max-refused", "1000000000", "--no-new", "--baseline", "baseline.txt",
              "--update-baseline"],
    "changed": ["check", "--no-cache", "--quiet", "--changed-since", "HEAD"],
    "rules": ["rules", "check"],
    "data": ["data", "plan", "--no-database", "--engine", "sqlite", "--sql"],
    "usage": ["api", "usage", "--format", "json"],
    "lsp": ["lsp"],
}
ANALYSES = ("scan", "diff", "report", "check", "changed")  # that take -j
GIT = ["git", "-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "core.fsmonitor=false"]


class Failure(Exception):
    pass


def limit(seconds):
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def run(command, folder, most=SECONDS):
    """Runs COMMAND in FOLDER, for MOST seconds; returns its user seconds, peak bytes and stderr."""
    said = os.path.join(folder, "session")  # what an editor says
    with tempfile.TemporaryFile() as errors, open(said if os.path.exists(said) else os.devnull, "rb") as given:
        child = subprocess.Popen(command, cwd=folder, stdin=given,
                                 stdout=subprocess.DEVNULL, stderr=errors, preexec_fn=lambda: limit(most))
        _, status, usage = os.wait4(child.pid, 0)
        errors.seek(0)
        text = errors.read().decode("utf-8", "replace")
    code = os.waitstatus_to_exitcode(status)
    if code in (-9, -24):
        raise Failure(f"does not end in {most} s")
    if code not in (0, 1, 2, 3) or "Usage:" in text:  # 2: rules that are wrong are an input, too
        raise Failure(f"exit {code}: {text.strip().splitlines()[-1:]}")
    return usage.ru_utime, usage.ru_maxrss * 1024, text


def write_tree(folder, files):
    size = 0
    for path, text in files.items():
        path = os.path.join(folder, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="") as file:
            size += file.write(text)
    return size


class Tree:
    """A shape at one size, on disk."""

    def __init__(self, options, folder, shape, size):
        self.options, self.shape = options, shape
        self.folder = os.path.join(folder, f"{shape.name}-{size}")
        shutil.rmtree(self.folder, ignore_errors=True)
        if shape.before is not None:
            write_tree(self.folder, shape.files(size, shape.before))
            for words in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "first"]):
                subprocess.run([*GIT, *words], cwd=self.folder, check=True)
        self.bytes = write_tree(self.folder, {path: self.placed(text) for path, text in shape.files(size).items()})

    def placed(self, text):
        """Messages of an editor name the folder; the length that stands before each is that of the longer text."""
        if "{folder}" not in text:
            return text
        parts = [part for part in re.split(r"Content-Length: \d+\r\n\r\n", text) if part]
        parts = [part.replace("{folder}", os.path.abspath(self.folder)) for part in parts]
        return "".join(f"Content-Length: {len(part)}\r\n\r\n{part}" for part in parts)

    def command(self, name):
        return [self.options.weft, *COMMANDS[name], *(["-j", "1"] if name in ANALYSES else []), *self.shape.options]

    def seconds(self, name):
        seconds, memory, _ = run(self.command(name), self.folder)
        return seconds, memory

    def instructions(self, name):
        _, _, text = run(["valgrind", "--tool=cachegrind", "--cache-sim=no",
                          "--cachegrind-out-file=/dev/null", *self.command(name)], self.folder,
                         SECONDS * VALGRIND)
        return int(re.search(r"I\s+refs:\s+([\d,]+)", text)[1].replace(",", ""))


def measure(options, small, large, command):
    """Costs of both trees and the peak memory of the large one."""
    if options.instructions:
        empty = growth_shapes.Shape(lambda _: growth_shapes.body(0, ""), 0, (), small.shape.options)
        nothing = Tree(options, os.path.dirname(small.folder), empty, 0).instructions(command)
        return small.instructions(command) - nothing, large.instructions(command) - nothing, 0
    best_small = best_large = float("inf")
    for attempt in range(options.repeats):
        seconds, memory = large.seconds(command)
        best_large = min(best_large, seconds)
        best_small = min(best_small, small.seconds(command)[0], small.seconds(command)[0])
        if attempt and best_large <= (best_small + 0.01) * DOUBLING ** 2:
            break
    return best_small, best_large, memory


def row(options, folder, shape, command):
    """Prints one row; true when the growth is all right."""
    text = f"{shape.name:28} {command:6} "
    try:
        size = max(1, int(shape.size * options.scale))
        small, large = (Tree(options, folder, shape, n) for n in (size, 4 * size))
        text += f"{large.bytes / 1e6:7.2f} MB "
        cheap, dear, memory = measure(options, small, large, command)
        least = 1e6 if options.instructions else 0.01
        growth = (max(dear, least) / max(cheap, least)) ** 0.5
        good = growth <= DOUBLING
        unit = (f"{cheap / 1e6:8.0f} {dear / 1e6:8.0f} Mi" if options.instructions
                else f"{cheap:7.3f} {dear:7.3f} s ")
        text += f"{unit} {growth:5.2f} {memory / 1e6:7.0f} MB {memory / large.bytes:6.0f}"
    except Failure as failure:
        good = False
        text += str(failure)
    print(text + ("" if good else "  <--"), flush=True)
    return good


def ends(options, folder, shape, command):
    """Prints one row; true when the large tree ends."""
    tree, failure = Tree(options, folder, shape, int(4 * shape.size * options.scale)), ""
    try:
        seconds, memory = tree.seconds(command)
        text = f"{seconds:7.3f} s {memory / 1e6:7.0f} MB"
    except Failure as caught:
        text = failure = str(caught)
    print(f"{shape.name:28} {command:6} {tree.bytes / 1e6:7.2f} MB {text}", flush=True)
    return not failure


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("usage: ")[1].split("\n\n")[0])
    parser.add_argument("--weft", default=PROGRAM, type=os.path.abspath)
    parser.add_argument("--shape", action="append", choices=[s.name for s in growth_shapes.ALL])
    parser.add_argument("--command", action="append", choices=list(COMMANDS))
    parser.add_argument("--instructions", action="store_true")
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--keep")
    parser.add_argument("--ends", action="store_true")
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    if options.list:
        for shape in growth_shapes.ALL:
            print(f"{shape.name:28} {shape.make.__doc__}")
        return 0
    good, judge = True, ends if options.ends else row
    with tempfile.TemporaryDirectory() as folder:
        for shape in growth_shapes.ALL:
            if options.shape and shape.name not in options.shape:
                continue
            for command in options.command or shape.commands:
                good &= judge(options, options.keep or folder, shape, command)
            if not options.keep:
                shutil.rmtree(folder, ignore_errors=True)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
