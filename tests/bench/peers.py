#!/usr/bin/env python3
"""What weft costs beside other programs that do part of its work: a table of ratios.

usage: peers.py [--weft PROGRAM] [--parse PROGRAM] [--ast-grep PROGRAM] [--rounds N] [--work FOLDER]
                [--tree FOLDER[=PACK]]... [--copies N]... [--lines N]... [--python] [--only PEER]...

    tests/bench/peers.py                               # the example, as `./bootstrap.sh bench` does
    tests/bench/peers.py --tree ~/MaiBot=maibot --copies 10 --lines 1000000 --python

Each pair runs in turns in one process, weft first in one round and last in the next, so that what the machine does
beside it meets both. A ratio is weft's processor time (user and system) by that of the peer in the same round; shown
is the median of all rounds, and the least and largest. Peers:

    parse      the same grammar and nothing else, one thread (bench_parse_only, built with the tests)
    parse-2    wall time of two threads by that of one, weft's by the parser's: 1.00 is as good as parsing
    ast-grep   `ast-grep scan` for the names of the pack's sinks; left out when it is not there
    ast        CPython's ast.parse of every file
    git        `git diff --no-index` of the tree before and after, beside all of `weft diff`

Corpora: --tree, the example --copies times, a generated bot of --lines lines, and --python, the standard library
with Debian's packages, where one rare name is looked for. Prints Markdown. Exit status 1 when something fails.
"""
import argparse
import collections
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import corpora  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.path.join(HERE, "../../build/release")
Usage = collections.namedtuple("Usage", "cpu wall memory")
Corpus = collections.namedtuple("Corpus", "name folder options sinks")
AST = """\
import ast, os, sys, warnings
warnings.simplefilter("ignore")
for folder, _, files in os.walk(sys.argv[1]):
    for name in files:
        if name.endswith(".py"):
            try:
                ast.parse(open(os.path.join(folder, name), "rb").read())
            except (SyntaxError, ValueError):
                pass
"""
RARE_PATTERN = ["run", "--lang", "python", "--pattern", "getpreferredencoding"]


def run(command, statuses=(0, 1, 3)):
    start = time.monotonic()
    with tempfile.TemporaryFile() as errors:
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.monotonic() - start
        if os.waitstatus_to_exitcode(status) not in statuses:
            errors.seek(0)
            sys.exit(f"{' '.join(command)}: {errors.read().decode('utf-8', 'replace')}")
    return Usage(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)


def interleaved(rounds, *commands):
    """The usages of each command, by round."""
    rows = []
    for i in range(rounds + 1):
        order = range(len(commands)) if i % 2 else reversed(range(len(commands)))
        found = {k: run(commands[k]) for k in order}
        if i > 0:  # the first one fills the caches of files
            rows.append([found[k] for k in range(len(commands))])
    return rows


def spread(ratios):
    return f"{statistics.median(ratios):.2f}", f"{min(ratios):.2f} – {max(ratios):.2f}"


class Bench:
    def __init__(self, options):
        self.options = options

    def weft(self, corpus, threads=1):
        return [self.options.weft, "diff", "--no-cache", "-C", corpus.folder, "-j", str(threads), *corpus.options]

    def parse(self, corpus, threads=1):
        return [self.options.parse, "-j", str(threads), corpus.folder]

    def cpu(self, corpus, peer, command):
        """Prints a row for processor time."""
        rows = interleaved(self.options.rounds, self.weft(corpus), command)
        middle, range_ = spread([ours.cpu / max(theirs.cpu, 0.001) for ours, theirs in rows])
        ours, theirs = (statistics.median(row[i].cpu for row in rows) for i in (0, 1))
        memory = max(row[0].memory for row in rows)
        print(f"| {corpus.name} | {peer} | {ours:.3f} s | {theirs:.3f} s | **{middle}** | {range_} | {memory:.0f} MB |",
              flush=True)

    def threads(self, corpus):
        """Prints a row for what a second thread gives, ours by the parser's."""
        rows = interleaved(self.options.rounds, self.weft(corpus), self.weft(corpus, 2),
                           self.parse(corpus), self.parse(corpus, 2))
        walls = [[usage.wall for usage in row] for row in rows]
        middle, range_ = spread([(a / b) / (c / d) for a, b, c, d in walls])
        one, two = (statistics.median(row[i] for row in walls) for i in (0, 1))
        print(f"| {corpus.name} | parse-2 | {one:.3f} s | {two:.3f} s | **{middle}** | {range_} | |", flush=True)

    def git(self, corpus):
        """Prints a row for `git diff --no-index` of the tree and of what weft makes of it."""
        after = tempfile.mkdtemp(dir=self.options.work)
        tree = os.path.join(after, "tree")
        shutil.copytree(corpus.folder, tree, ignore=corpora.NOT_COPIED, symlinks=True)
        command = [self.options.weft, "apply", "-q", "-C", tree, *corpus.options]
        environment = {**os.environ, "XDG_STATE_HOME": after}
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment)
        if done.returncode not in (0, 3):
            sys.exit(f"{' '.join(command)}: {done.stderr.decode('utf-8', 'replace')}")
        shutil.rmtree(os.path.join(tree, ".weft"), ignore_errors=True)
        self.cpu(corpus, "git", ["git", "diff", "--no-index", corpus.folder, tree])
        shutil.rmtree(after)

    def corpus(self, corpus):
        wanted = self.options.only or ["parse", "parse-2", "ast-grep", "ast", "git"]
        if "parse" in wanted:
            self.cpu(corpus, "parse", self.parse(corpus))
        if "parse-2" in wanted:
            self.threads(corpus)
        if "ast-grep" in wanted and self.options.ast_grep and corpus.sinks:
            self.cpu(corpus, "ast-grep", [self.options.ast_grep, *corpus.sinks, "--json=stream", corpus.folder])
        if "ast" in wanted:
            self.cpu(corpus, "ast", [sys.executable, "-I", "-c", AST, corpus.folder])
        if "git" in wanted:
            self.git(corpus)


def sinks_of(pack):
    """What ast-grep looks for: the sinks of a pack, where they are written down."""
    rules = os.path.join(HERE, f"sinks_{os.path.basename(pack)}.yml")
    return ["scan", "--rule", rules] if os.path.exists(rules) else None


def find_corpora(options):
    """Each corpus, made when its turn comes."""
    example = os.path.realpath(os.path.join(corpora.PROJECT, "fixtures/maibot"))
    for tree in options.tree or ([] if options.copies or options.lines or options.python else [example]):
        folder, _, pack = tree.partition("=")
        folder = os.path.realpath(folder)
        pack = pack or ("maibot" if folder == example else "")
        yield Corpus(os.path.basename(folder), folder, ["--pack", pack] if pack else [], sinks_of(pack))
    for count in options.copies or []:
        folder = tempfile.mkdtemp(dir=options.work)
        corpora.copies(folder, example, count)
        yield Corpus(f"the example × {count}", folder, ["--pack", "maibot"], sinks_of("maibot"))
    for lines in options.lines or []:
        folder = tempfile.mkdtemp(dir=options.work)
        corpora.generate(folder, lines)
        yield Corpus(f"{lines} generated lines", folder, [], None)
    if options.python:
        folder = tempfile.mkdtemp(dir=options.work)
        corpora.installed_python(folder)
        yield Corpus("installed Python, a rare name", folder, [], RARE_PATTERN)


def main():
    parser = argparse.ArgumentParser(usage=__doc__, add_help=False)
    parser.add_argument("--weft", default=os.path.join(BUILD, "weft"))
    parser.add_argument("--parse", default=os.path.join(BUILD, "bin/bench_parse_only"))
    parser.add_argument("--ast-grep", default=shutil.which("ast-grep"))
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--work")
    parser.add_argument("--tree", action="append")
    parser.add_argument("--copies", action="append", type=int)
    parser.add_argument("--lines", action="append", type=int)
    parser.add_argument("--python", action="store_true")
    parser.add_argument("--only", action="append")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.work) as work:
        options.work = work
        print("| corpus | beside | weft | the other | ratio | least – largest | memory |\n|---|---|---|---|---|---|---|")
        for corpus in find_corpora(options):
            Bench(options).corpus(corpus)


if __name__ == "__main__":
    main()
