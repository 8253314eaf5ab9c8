#!/usr/bin/env python3
"""Slices and phases: a change in steps is the change, and the tree holds together after each step.

usage: run_slices.py --weft PROGRAM --fixture FOLDER

  slices     the plans of `weft plan --split KIND`, applied in order, for every KIND
  phases     `weft apply --phase FAMILY`, one after the other; and in the opposite order; and in small trees with
             examples in docstrings, whose first imports keep no order

After each step every file compiles and `weft verify` finds nothing worse than before (of the many slices
by package, after some). After the last
one the bytes are those of one `weft apply`, but for the opposite order: there only a further
`weft diff` must be empty, since what was planned for another order is not there to be used.
Everything happens on copies in a temporary folder. Exit status 0 when all of it holds.
"""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import state_folder

FAMILIES = ("isolation_context", "config_system", "chat_stream", "memory", "database_access", "api_compatibility")
SPLITS = (("family",), ("component",), ("package", "--max-files", "12"))
DONE = (0, 3)
# A module that two phases change, with an example in a docstring; where it stands is added.
SMALL = {"app/__init__.py": "", "app/config.py": """\
class Settings:
    owner = "o"


settings = Settings()
""", "app/tenants.py": """\
def settings_of(context):
    from app import config
    return config.settings
""", "app/work.py": """\
%sfrom .config import settings
import doctest


def read(key):%s
    return settings.owner + key


class Store:%s
    def run(self, key):
        return read(key)


store = Store()


def work(key):
    return store.run(key)
""", "weft.yml": """\
version: 1
runtime: { package: app.isolation }
context:
  parameter: isolation_context
  type: app.isolation.IsolationContext
  dimensions: [tenant_id, agent_id, platform, chat_stream_id]
  ambient: app.isolation.current_isolation_context
  accessor_decorator: app.isolation.isolated_accessor
  ambient_instance: app.isolation.ambient_instance
sinks:
  - { id: settings, family: config_system, symbol: app.config.settings, replace: "app.tenants.settings_of({context})" }
singletons: { find: true, keyed_by: [tenant_id] }
"""}
EXAMPLES = {
    "a module": ('"""\n>>> work("k")\n\'ok\'\n"""\n', "", ""),
    "a function": ("", '\n    """\n    >>> read("k")\n    \'ok\'\n    """', ""),
    "a class": ("", "", '\n    """\n    >>> store.run("k")\n    \'ok\'\n    """\n'),
}


class Failure(Exception):
    pass


def run(*command):
    done = subprocess.run(command, capture_output=True, timeout=100, stdin=subprocess.DEVNULL)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def contents(tree):
    return {str(path.relative_to(tree)): path.read_bytes() for path in sorted(tree.rglob("*"))
            if path.is_file() and ".weft" not in path.parts}


class Trees:
    def __init__(self, weft, fixture, scratch):
        self.weft, self.before, self.scratch = weft, scratch / "before", scratch
        shutil.copytree(fixture, self.before, ignore=shutil.ignore_patterns("__pycache__", ".weft"))
        self.whole = self.copy("whole")
        self.apply(self.whole, "one apply")
        self.wanted = contents(self.whole)

    def copy(self, name):
        shutil.copytree(self.before, self.scratch / name)
        return self.scratch / name

    def apply(self, tree, what, *options):
        """True when the step had something to do."""
        code, out, err = run(self.weft, "apply", "-q", "--no-fsync", "-C", tree, *options)
        if code not in DONE:
            raise Failure(f"{what}: apply exits with {code}: {err}")
        return "nothing to do" not in out

    def check(self, tree, what, verify=True):
        for name, text in contents(tree).items():
            if name.endswith(".py"):
                try:
                    compile(text, name, "exec", dont_inherit=True)
                except (SyntaxError, ValueError) as error:
                    raise Failure(f"{what}: {name} does not compile: {error}") from error
        if not verify:
            return
        code, out, err = run(self.weft, "verify", "--no-commands", self.before, tree)
        if code not in DONE:
            raise Failure(f"{what}: verify exits with {code}: {out}{err}")

    def check_end(self, tree, what):
        have = contents(tree)
        wrong = sorted(n for n in have.keys() | self.wanted.keys() if have.get(n) != self.wanted.get(n))
        if wrong:
            raise Failure(f"{what}: not the bytes of one apply: {', '.join(wrong[:5])}")


def slices(trees, kind, *options):
    what, folder = f"slices by {kind}", trees.scratch / f"plans-{kind}"
    code, listed, err = run(trees.weft, "plan", "--split", kind, *options, "-C", trees.before, "-o", folder)
    if code not in DONE:
        raise Failure(f"{what}: plan exits with {code}: {err}")
    plans = sorted(folder.iterdir())
    if [line.split()[0] for line in listed.splitlines()] != [plan.name for plan in plans] or len(plans) < 2:
        raise Failure(f"{what}: {len(plans)} plans, and the list says:\n{listed}")
    tree = trees.copy(kind)
    for number, plan in enumerate(plans):
        trees.apply(tree, f"{what}, {plan.name}", "--plan", plan)
        trees.check(tree, f"{what}, {plan.name}", verify=kind != "package" or number % 5 == 0)
    trees.check_end(tree, what)
    return len(plans)


def phases(trees, name, families):
    tree, steps = trees.copy(name), 0
    for family in families:
        what = f"{name}, {family}"
        steps += trees.apply(tree, what, "--phase", family)
        trees.check(tree, what)
    if steps < 2:
        raise Failure(f"{name}: only {steps} phases have something to do")
    return tree, steps


def small_trees(weft, scratch):
    """In each the last phase is what the first one planned, though a file has code in its strings."""
    for name, places in EXAMPLES.items():
        folder = scratch / name.replace(" ", "-")
        for path, text in SMALL.items():
            (folder / "tree" / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / "tree" / path).write_text(text % places if path == "app/work.py" else text)
        trees = Trees(weft, folder / "tree", folder)
        tree, steps = phases(trees, f"phases with an example in {name}", ("isolation_context", "config_system"))
        trees.check_end(tree, f"phases with an example in {name}")
        print(f"ok   {steps} phases with an example in {name}")


def main():
    parser = argparse.ArgumentParser(description="a change in steps is the change")
    parser.add_argument("--weft", required=True, type=Path)
    parser.add_argument("--fixture", required=True, type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="weft-slices-") as scratch:
        try:
            trees = Trees(options.weft.resolve(), options.fixture, Path(scratch))
            for split in SPLITS:
                print(f"ok   {slices(trees, *split)} slices by {' '.join(split)}")
            tree, steps = phases(trees, "phases", FAMILIES)
            trees.check_end(tree, "phases")
            print(f"ok   {steps} phases")
            tree, steps = phases(trees, "phases in the opposite order", FAMILIES[::-1])
            code, out, err = run(trees.weft, "diff", "-C", tree)
            if code not in DONE or out:
                raise Failure(f"phases in the opposite order: a further diff is not empty:\n{out[:3000]}{err}")
            print(f"ok   {steps} phases in the opposite order")
            small_trees(options.weft.resolve(), Path(scratch))
        except Failure as failure:
            print(f"FAIL {failure}")
            return 1
    return 0


if __name__ == "__main__":
    os.environ["LC_ALL"] = "C.UTF-8"
    sys.exit(main())
