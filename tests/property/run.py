#!/usr/bin/python3
"""Threads a parameter to functions of the standard library (and limnoria), and proves each result.

    tests/property/run.py --weft build/release/weft                 the slice that ctest runs
    tests/property/run.py --weft build/release/weft --full          a few hundred, and whole trees
    tests/property/run.py --weft ... --seed 7 --functions 500 --tree stdlib/json --tree limnoria
    tests/property/run.py --weft ... --tree stdlib/json --function json.decoder.JSONDecoder.decode

A seed picks the functions. For each one, alone, in a copy of its tree:
- every changed file compiles; without what threading adds it is the same program, and no line or comment
  is lost (judge.py);
- no call fits its function worse than before, and every use of a function that takes the context passes it, or
  weft reports the place (calls.py, which resolves names without weft);
- a diff after `weft apply` is empty, and taking the first diff back with `git apply -R` gives the old bytes: so
  the diff is what apply wrote.
--full then threads to many of them at once in the whole library.
"""
import argparse
import collections
import concurrent.futures
import functools
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import state_folder

import calls
import judge
import pick
import program
import trees

TIMEOUT, PROCESSOR_TIME = 3000, 300  # seconds, for one run of a program: a busy machine makes none fail
MODES = ("hybrid", "required", "optional")
REPORT = re.compile(rb"^(?P<path>[^\n:]+\.py):(?P<line>\d+):\d+: \w+\[(?P<code>[EW]\d+)\]", re.M)
# What ctest runs: quick to analyse, and full of different shapes.
SLICE_TREES = [f"stdlib/{name}" for name in ("concurrent", "http", "json", "logging", "wsgiref",
                                             "zoneinfo")]
SLICE, FULL = 40, 300
BATCH = 30  # functions of one run over the whole library
TOGETHER = {"limnoria": 10}  # and over trees that take long to analyse


class Tree:
    """A copy of a tree that each run changes and puts back."""

    def __init__(self, name, work, limnoria):
        self.name, self.root = name, work / "trees" / name.lstrip("/")
        trees.copy(name, self.root, limnoria)
        self.rules = work / f"{name.replace('/', '-')}.yml"
        self.bytes = {str(p.relative_to(self.root)): p.read_bytes()
                      for p in sorted(self.root.rglob("*.py"))}
        self.texts, self.program = {}, None

    def read(self):
        """Parses all of it, once."""
        if not self.program:
            self.texts = {path: judge.Text(data) for path, data in self.bytes.items()}
            self.program = program.Program(read_modules(self.texts))


def read_modules(texts):
    found = {}
    for path, text in texts.items():
        name = pick.module_name(Path(path))
        found[name] = program.Module(name, path, text.tree)
    return found


def limit_processor_time():
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_TIME, PROCESSOR_TIME))


def rules_text(functions, mode):
    rows = "".join(f'  - {{ id: f{i}, family: memory, function: "{f}" }}\n'
                   for i, f in enumerate(functions))
    return (f"version: 1\npack: property\ncontext:\n  parameter: {judge.PARAMETER}\n"
            f"  type: {trees.RUNTIME}.Context\n  dimensions: [tenant]\n"
            f"  ambient: {trees.RUNTIME}.{judge.AMBIENT}\n  mode: {mode}\nsinks:\n{rows}")


class Trial:
    """One run: some functions, threaded in one tree."""

    def __init__(self, weft, tree, functions, mode):
        self.weft, self.tree, self.functions, self.mode = weft, tree, functions, mode
        self.codes = collections.Counter()
        self.reports = set()
        self.changed = {}

    def run_weft(self, command):
        done = subprocess.run([self.weft, command, "-v", "--pack", self.tree.rules],
                              cwd=self.tree.root, capture_output=True, timeout=TIMEOUT,
                              preexec_fn=limit_processor_time, env={**os.environ, "LC_ALL": "C.UTF-8"})
        if done.returncode not in (0, 3):
            raise judge.Wrong(f"weft {command} ends with {done.returncode}:\n" +
                              done.stderr.decode(errors="replace")[-3000:])
        return done.stdout, done.stderr

    def prove(self):
        self.tree.rules.write_text(rules_text(self.functions, self.mode))
        diff, said = self.run_weft("diff")
        for report in REPORT.finditer(said):
            self.reports.add((report["path"].decode(), int(report["line"]), report["code"].decode()))
            self.codes[report["code"].decode()] += 1
        if not diff:
            if not self.reports:
                raise judge.Wrong("nothing is changed and nothing is reported")
            return
        try:
            self.run_weft("apply")
            self.read_changes()
            again, _ = self.run_weft("diff")
            if again:
                raise judge.Wrong("a second run changes more:\n" + again.decode(errors="replace")[:2000])
            self.take_back(diff)
        finally:
            for path in self.changed:
                (self.tree.root / path).write_bytes(self.tree.bytes[path])
        self.judge_changes()

    def read_changes(self):
        for path, old in self.tree.bytes.items():
            new = (self.tree.root / path).read_bytes()
            if new != old:
                self.changed[path] = new

    def take_back(self, diff):
        done = subprocess.run(["git", "apply", "--whitespace=nowarn", "-R", "-"], input=diff,
                              cwd=self.tree.root, capture_output=True, timeout=TIMEOUT,
                              env={**os.environ, "GIT_CEILING_DIRECTORIES": str(self.tree.root)})
        if done.returncode:
            raise judge.Wrong("git apply -R refuses the diff: " + done.stderr.decode(errors="replace"))
        for path, old in self.tree.bytes.items():
            if (self.tree.root / path).read_bytes() != old:
                raise judge.Wrong(f"taking the diff back gives other bytes in {path}")

    def judge_changes(self):
        self.tree.read()
        texts = {path: judge.check_file(path, self.tree.texts[path], new, trees.RUNTIME)
                 for path, new in self.changed.items()}
        before = self.tree.program
        modules = read_modules(texts)
        after = before.changed(modules)
        gained = {f for m in modules.values() for f in m.definitions if calls.takes_context(f)}
        for function in gained:
            if calls.python_calls(function) and not calls.is_optional(function):
                raise judge.Wrong(f"{function.qualified} requires what Python does not pass")
        names = calls.names_to_check(after, gained)
        self.check_arity(before, after, names)
        self.check_uses(before, after, names)

    def check_arity(self, before, after, names):
        def wrong(where):
            return collections.Counter((s.module.path, s.function.qualified, s.mismatch)
                                       for s in calls.sites(where, names) if s.mismatch)
        new = wrong(after) - wrong(before)
        if new:
            path, function, why = sorted(new)[0]
            raise judge.Wrong(f"{path}: a call of {function} does not fit any more: {why}")

    def check_uses(self, before, after, names):
        old = {(s.module.path, n): s for n, s in self.numbered(before, names)}
        binders = {}
        for number, site in self.numbered(after, names):
            if not calls.takes_context(site.function) or site.node in site.module.bases:
                continue
            path = site.module.path
            if path not in binders:
                binders[path] = calls.binders_in_module(site.module)
            if calls.passes(site, binders[path]):
                continue
            line = old[path, number].node.lineno if (path, number) in old else 0
            if not self.is_reported(site, path, line):
                raise judge.Wrong(f"{path}:{line}: a use of {site.function.qualified} does not pass "
                                  "the context, and nothing is reported")

    @staticmethod
    def numbered(where, names):
        """Sites with their number within their file; a rewrite adds none."""
        counts = collections.Counter()
        for site in calls.sites(where, names):
            counts[site.module.path] += 1
            yield counts[site.module.path], site

    def is_reported(self, site, path, line):
        if any(p == path and at == line for p, at, _ in self.reports):
            return True
        # A value: the report stands at the definition, which takes the context optionally.
        return site.call is None and calls.is_optional(site.function)


def prove(options, tree, functions):
    """One trial: what was counted, and what went wrong with the way to see it again."""
    seeded = random.Random(f"{options.seed} {functions[0]}").choice(MODES)
    trial = Trial(options.weft, tree, functions, options.mode or seeded)
    counts = collections.Counter(runs=1, functions=len(functions))
    try:
        trial.prove()
    except (judge.Wrong, subprocess.TimeoutExpired) as mistake:
        again = " ".join(f"--function '{f}'" for f in functions)
        counts["failed"] = 1
        return counts, (f"FAILED {tree.name}: {', '.join(functions)} (seed {options.seed})\n"
                        f"  {mistake}\n  again: tests/property/run.py --weft {options.weft} "
                        f"--tree {tree.name} --mode {trial.mode} {again}\n")
    counts["changed"] = len(trial.changed)
    counts["unchanged"] = not trial.changed
    counts.update(dict.fromkeys(trial.codes, 1))
    return counts, ""


def prove_all(options, job):
    """The trials of one tree, one after another, in a copy of its own; then the tree, and how long they took."""
    name, groups = job
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="weft-property-") as work:
        tree = Tree(name, Path(work), options.limnoria)
        return [prove(options, tree, functions) for functions in groups], name, time.monotonic() - started


def functions_of(options, name):
    with tempfile.TemporaryDirectory(prefix="weft-property-") as work:
        root = Path(work) / "tree"
        trees.copy(name, root, options.limnoria)
        return [(name, function) for function in pick.functions_in(root, trees.RUNTIME)]


def plan(options, pool):
    """The jobs: trees, each with the groups of functions of its runs."""
    names = options.tree or (trees.names(options.limnoria) if options.full else SLICE_TREES)
    if options.function:
        return [(names[0], [options.function])]
    everything = sum(pool.map(functools.partial(functions_of, options), names), [])
    chosen = pick.choose(everything, options.functions, options.seed)
    jobs = [(name, groups([f for tree, f in chosen if tree == name],
                          max(options.together, TOGETHER.get(name, 1)))) for name in names]
    if options.full and not options.tree:
        library = [f for name, f in chosen if name.startswith("stdlib/")]
        jobs += [("stdlib", [group]) for group in groups(library, BATCH)]
    return [job for job in jobs if job[1]]


def groups(functions, size):
    return [functions[i:i + size] for i in range(0, len(functions), size)]


def report(counts, seconds):
    codes = [f"{code} in {counts[code]}" for code in sorted(counts) if re.fullmatch("[EW]\\d+", code)]
    print(f"{counts['runs']} runs, {counts['functions']} functions, {counts['changed']} files changed, "
          f"{counts['unchanged']} runs without a change; reported: {', '.join(codes) or 'nothing'}; "
          f"{counts['failed']} failed; {seconds:.0f} s")


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--weft", required=True, type=os.path.abspath)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--functions", type=int, help="how many are picked")
    parser.add_argument("--tree", action="append", help="only of these trees; an absolute path is one")
    parser.add_argument("--function", action="append", help="these, together, instead of picked ones")
    parser.add_argument("--together", type=int, default=1, help="functions of one run")
    parser.add_argument("--mode", choices=MODES, help="instead of one by the seed")
    parser.add_argument("--limnoria", help="folder with the package supybot; else it is downloaded")
    parser.add_argument("--full", action="store_true", help="a few hundred, then the whole library")
    parser.add_argument("-j", type=int, default=os.cpu_count(), help="trees at a time")
    options = parser.parse_args()
    options.functions = options.functions or (FULL if options.full else SLICE)
    return options


def main():
    options, started, counts = parse_options(), time.monotonic(), collections.Counter()
    with (tempfile.TemporaryDirectory(prefix="weft-property-") as work,
          concurrent.futures.ProcessPoolExecutor(options.j) as pool):
        if options.full or "limnoria" in (options.tree or ()):
            options.limnoria = trees.find_limnoria(options.limnoria, Path(work))
        jobs = [pool.submit(prove_all, options, job) for job in plan(options, pool)]
        for done, job in enumerate(concurrent.futures.as_completed(jobs), 1):
            results, name, seconds = job.result()
            for counted, failure in results:
                counts += counted
                print(failure, end="", flush=True)
            if options.full:
                print(f"{done}/{len(jobs)} {name}: {counts['runs']} runs so far, {counts['failed']} failed; "
                      f"this one took {seconds:.0f} s", file=sys.stderr, flush=True)
    report(counts, time.monotonic() - started)
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
