#!/usr/bin/env python3
"""A commit that people made by hand, made by weft from the commit before, with one rule file and no list of functions.

usage: run.py [--weft PROGRAM] [--tests COMMAND] [--compiler CLANG] [--jobs N] [--keep FILE] TREE HAND RULES [--apart FUNCTION...]

TREE is a clone at the commit before HAND, built, with its compile databases; commits.md says how each is made. Every
tracked file of it is as HEAD has it before, and after. In turn:

  diff      weft diff, from scratch; --keep writes it to FILE
  apply     weft apply, which must do the same
  count     functions and calls beside those of HAND (count.py), functions about something else apart
  units     every unit of every compile database is compiled, with -Werror=incompatible-pointer-types and
            -Werror=int-conversion; a unit that fails must have failed before
  again     a second weft diff is empty
  tests     COMMAND in TREE, before and after: the same lines on its standard output
  rollback  weft rollback gives each byte back
  stages    weft apply --stage expand, twice, then --stage contract, twice: the second of each changes nothing, and both
            make what one step makes, but for white space. Rules without `rename` get one for this, in both ways

Exit status 1 when one of these fails, or less than 95 % is found, or less than 80 % is right.
"""
import argparse
import concurrent.futures
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

import yaml

import count

HERE = os.path.dirname(os.path.abspath(__file__))
FLAGS = ["-fsyntax-only", "-Wno-everything", "-Werror=incompatible-pointer-types", "-Werror=int-conversion"]
failed = []


def say(what, text, good=True):
    print(f"{what:10}{text}" + ("" if good else "   FAILED"), flush=True)
    if not good:
        failed.append(what)


class Run:
    def __init__(self, options):
        self.options = options
        self.tree = os.path.abspath(options.tree)
        self.state = tempfile.mkdtemp(prefix="hand-")
        self.environment = dict(os.environ, XDG_STATE_HOME=self.state, XDG_CACHE_HOME=self.state, LC_ALL="C.UTF-8")

    def weft(self, *arguments, rules=None):
        """Runs weft in the tree: its exit status, its output, its last line of errors, processor seconds."""
        before = os.times()
        done = subprocess.run([self.options.weft, *arguments, "-C", self.tree] +
                              (["--pack", rules] if rules else []), cwd=self.state, env=self.environment,
                              stdin=subprocess.DEVNULL, capture_output=True, check=False)
        after = os.times()
        return (done.returncode, done.stdout, done.stderr.decode(errors="replace"),
                after.children_user + after.children_system - before.children_user - before.children_system)

    def git(self, *arguments):
        return subprocess.run(["git", "-C", self.tree, *arguments], capture_output=True, check=True).stdout

    def digest(self):
        """A digest of the name and the bytes of every file that git tracks."""
        total = hashlib.sha256()
        for name in sorted(self.git("ls-files", "-z").split(b"\0")[:-1]):
            path = os.path.join(os.fsencode(self.tree), name)
            if os.path.isfile(path) and not os.path.islink(path):
                with open(path, "rb") as file:
                    total.update(name + b"\0" + hashlib.sha256(file.read()).digest())
        return total.hexdigest()

    def units(self, rules):
        """The units of all compile databases that RULES name, each once for a database."""
        for name in rules.get("compile_databases") or ["compile_commands.json"]:
            path = os.path.join(self.tree, name)
            if not os.path.exists(path):
                path = os.path.join(self.tree, "build", name)
            with open(path) as file:
                for unit in json.load(file):
                    yield name, unit

    def compiles(self, unit):
        words = list(unit.get("arguments") or __import__("shlex").split(unit["command"]))
        kept, skipped = [], False
        for word in words[1:]:
            if not skipped and word not in ("-c", "-o", "-Werror"):
                kept.append(word)
            skipped = word == "-o" and not skipped
        folder = os.path.join(self.tree, unit["directory"])
        return subprocess.run([self.options.compiler, *kept, *FLAGS], cwd=folder, stdin=subprocess.DEVNULL,
                              capture_output=True, check=False).returncode == 0

    def broken(self, units):
        """Those of UNITS that do not compile."""
        with concurrent.futures.ThreadPoolExecutor(self.options.jobs) as pool:
            return [unit for unit, good in zip(units, pool.map(lambda u: self.compiles(u[1]), units)) if not good]

    def tests(self):
        return subprocess.run(["bash", "-c", self.options.tests], cwd=self.tree, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout


def difference_of_lines(before, after):
    a, b = before.splitlines(), after.splitlines()
    return [line.decode(errors="replace") for line in set(a) ^ set(b)] or (["other order"] if a != b else [])


def one_step(run, rules, options):
    """diff, apply, count, units, again, tests and rollback, in that order."""
    before = run.digest()
    tests = run.tests() if options.tests else b""
    status, diff, errors, seconds = run.weft("diff", "--no-cache", rules=options.rules)
    say("diff", f"{diff.count(b'diff --git')} files, {seconds:.0f} s of processor time; "
        f"{errors.strip().splitlines()[-1] if errors.strip() else 'nothing said'}", status in (0, 1) and bool(diff))
    if options.keep:
        with open(options.keep, "wb") as file:
            file.write(diff)
    status, _, errors, _ = run.weft("apply", rules=options.rules)
    changed = run.git("diff", "--name-only").decode().split()
    say("apply", f"exit status {status}, {len(changed)} files", status == 0 and len(changed) == diff.count(b"diff --git"))
    if status:
        print(errors)
    template = (rules.get("context") or {}).get("rename")
    result = count.compare(run.tree, "HEAD", options.hand, run.tree, template, options.apart)
    found = len(result["both"]) / max(1, len(result["hand"]))
    right = len(result["both"]) / max(1, len(result["weft"]))
    lines = list(count.show(result))
    say("count", "\n          ".join(lines), found >= 0.95 and right >= 0.8)
    units = list(run.units(rules))
    broken = run.broken(units)
    status, again, _, _ = run.weft("diff", rules=options.rules)
    say("again", f"{len(again)} bytes", not again)
    if options.tests:
        after = run.tests()
        other = difference_of_lines(tests, after)
        passed = len(re.findall(rb"(?m)^(?:ok|\[ok\])", after))
        say("tests", f"{len(tests.splitlines())} lines before, {len(after.splitlines())} after, {passed} ok, "
            f"{len(other)} differ", bool(tests) and not other)
        print("\n".join(other[:20]))
    status, _, errors, _ = run.weft("rollback")
    say("rollback", f"exit status {status}, {'the same bytes' if run.digest() == before else 'other bytes'}",
        status == 0 and run.digest() == before)
    failed_before = {json.dumps(unit) for unit in run.broken(broken)}
    new = [unit for unit in broken if json.dumps(unit) not in failed_before]
    say("units", f"{len(units)} compiled, {len(broken)} fail, {len(new)} of them did not before "
        + " ".join(unit["file"] for _, unit in new[:9]), not new)


def two_steps(run, rules, options):
    """The stages, beside one step with the same rules; nothing where rules only give parameters another type."""
    if not rules.get("sinks"):
        say("stages", "rules that only change types have none")
        return
    rules = json.loads(json.dumps(rules))
    rules["context"].setdefault("rename", "with_{name}")
    path = os.path.join(run.state, "staged.yml")
    with open(path, "w") as file:
        yaml.safe_dump(rules, file, sort_keys=False)
    texts = []
    for stages in (["--mode=required"],), (["--stage=expand"], ["--stage=contract"]):
        for stage in stages:
            status, _, errors, _ = run.weft("apply", "--allow-dirty", *stage, rules=path)
            once = run.git("diff")
            second, _, _, _ = run.weft("apply", "--allow-dirty", *stage, rules=path)
            say("stages", f"{stage[0]}: {once.count(b'diff --git')} files, exit status {status}, then {second}; "
                f"{'nothing' if once == run.git('diff') else 'something'} changes the second time",
                status == 0 and second == 0 and bool(once) and once == run.git("diff"))
            if status:
                print(errors[-2000:])
        texts.append({name: re.sub(rb"\s", b"", open(os.path.join(run.tree, name), "rb").read())
                      for name in run.git("diff", "--name-only").decode().split()})
        run.git("checkout", "-q", "--", ".")
    other = [name for name in texts[0].keys() | texts[1].keys() if texts[0].get(name) != texts[1].get(name)]
    say("stages", f"{len(other)} files differ from those of one step {' '.join(sorted(other)[:9])}", not other)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--weft", default=os.path.join(HERE, "../../build/release/weft"))
    parser.add_argument("--tests")
    parser.add_argument("--compiler", default="clang")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep")
    parser.add_argument("--apart", nargs="*", default=[])
    parser.add_argument("--no-stages", action="store_true")
    for name in ("tree", "hand", "rules"):
        parser.add_argument(name)
    options = parser.parse_args()
    options.weft, options.rules = os.path.abspath(options.weft), os.path.abspath(options.rules)
    with open(options.rules) as file:
        rules = yaml.safe_load(file)
    run, begin = Run(options), time.monotonic()
    if run.git("status", "--porcelain", "--untracked-files=no").strip():
        sys.exit(f"run.py: {options.tree} is not as its HEAD")
    try:
        one_step(run, rules, options)
        if not options.no_stages:
            two_steps(run, rules, options)
    finally:
        shutil.rmtree(run.state, ignore_errors=True)
    print(f"{'failed: ' + ', '.join(failed) if failed else 'all well'}, {time.monotonic() - begin:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
