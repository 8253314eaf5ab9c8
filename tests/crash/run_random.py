#!/usr/bin/python3
"""Random sequences of apply, resume, rollback, kill, edit and forged journals on a copy of a fixture.

    tests/crash/run_random.py --weft build/release/weft --fault build/release/bin/libweft_fault.so \\
        --fixture fixtures/maibot --sequences 1000 --seed 1

After every command each file of the tree must have its old bytes, its new bytes, or what a person wrote
into it; when weft says that no run is unfinished, all must be old or all new. A sequence ends with
rollback or resume, and then the tree is as it was, but for what a person wrote. Bytes that are none of these are
lost; the number is printed, and the seed of a sequence repeats it.
"""
import argparse
import concurrent.futures
import os
import random
import sys

import forge
import trees
from trees import DONE, INCOMPLETE, INTERRUPTED, KILLED, ROLLED_BACK, STALE, WRONG, Failure, weft

LINE = b"\n# a person was here\n"
STEPS = (3, 8)


class Sequence:
    def __init__(self, setting, seed):
        self.setting, self.random = setting, random.Random(seed)
        self.tree = os.path.join(setting.scratch, f"sequence-{seed}")
        self.seed, self.done, self.edited = seed, [], {}
        trees.copy_tree(setting.old_tree, self.tree)

    def run(self):
        for _ in range(self.random.randint(*STEPS)):
            self.step()
            self.check()
        self.finish()

    def step(self):
        command = self.random.choice(("apply", "apply", "resume", "rollback", "rollback", "edit", "forge"))
        if command in ("edit", "forge"):
            getattr(self, command)()
            return
        args = {"apply": ["apply", "--plan", self.setting.plan], "resume": ["resume"],
                "rollback": ["rollback", *self.random.choice(([], ["--merge"], ["--partial"], ["--merge", "--partial"]))]}[command]
        fault = None
        if self.random.random() < 0.7:
            kind = self.random.choice(("kill-before", "kill-after", "enospc", "eio", "enospc-on"))
            fault = (self.random.randint(1, self.setting.points), kind)
        code, text = weft(self.setting.program, self.tree, *args, fault=fault,
                          shim=self.setting.shim)
        self.done.append(f"{' '.join(args[:1])} {fault} -> {code}")
        if code not in (DONE, WRONG, INCOMPLETE, STALE, ROLLED_BACK, INTERRUPTED, KILLED):
            raise Failure(f"{self.done}: exit code {code}: {text}")

    def forge(self):
        """A run that this user's weft did not record appears, and nothing is done until it is gone again."""
        path = self.random.choice(self.setting.changed)
        before = trees.snapshot(self.tree)
        content = before.get(path, (0, b""))[1]
        target = self.random.choice((path, "../" + os.path.basename(self.tree) + "-outside", ".git/config"))
        entry = (self.random.choice(("change", "create")), 0o644, content, LINE, target)
        journal, document = forge.forged_run(self.random.choice(("plain", "other-key")),
                                             self.random.choice(forge.STATES), [entry], trees.KEY, run=900)
        forge.write_run(self.tree, journal, document, [content], run=900)
        self.setting.forged += 1
        for command in (["apply", "--plan", self.setting.plan], ["resume"], ["rollback"], ["prune"]):
            code, text = weft(self.setting.program, self.tree, *command)
            self.done.append(f"forged: {command[0]} -> {code}")
            if code not in (STALE, ROLLED_BACK) or trees.snapshot(self.tree) != before:
                raise Failure(f"{self.done}: a forged run is believed: {text}")
        trees.shutil.rmtree(os.path.join(self.tree, ".weft/runs/000900"))
        os.remove(os.path.join(self.tree, ".weft/objects/000900"))

    def edit(self):
        """A person adds a line to a file that the plan changes, at most one a sequence."""
        if self.edited:
            return
        path = self.random.choice(self.setting.changed)
        with open(os.path.join(self.tree, path), "ab") as file:
            file.write(LINE)
        self.edited = {path}
        self.done.append(f"edit {path}")

    def check(self):
        """No file has bytes that nobody wrote."""
        actual, setting = trees.snapshot(self.tree), self.setting
        sides = set()
        for path, content in actual.items():
            old, new = setting.old.get(path, 0), setting.new.get(path, 0)
            if content is None or content == old == new or os.path.basename(path).startswith(".weft-"):
                continue
            if content in (old, new):
                sides.add("old" if content == old else "new")
            elif not (path in self.edited and content[1].endswith(LINE)
                      and content[1].removesuffix(LINE) in (old[1], new[1])):
                raise Failure(f"{self.done}: lost bytes of {path}")
        for path in setting.old.keys() - actual.keys():
            raise Failure(f"{self.done}: lost {path}")
        runs = trees.status(setting.program, self.tree)
        if all(run["finished"] for run in runs) and len(sides) > 1:
            raise Failure(f"{self.done}: nothing is unfinished, but the tree is half new")

    def finish(self):
        """Whatever happened: at most two rollbacks, and the tree is as it was."""
        for run in trees.status(self.setting.program, self.tree):
            if run["state"] != "undone":
                weft(self.setting.program, self.tree, "rollback", "--partial", str(run["run"]))
        expected = dict(self.setting.old)
        actual = trees.snapshot(self.tree)
        for path in self.edited:
            expected[path] = actual.get(path)  # its bytes were judged by check
        self.done.append("rollback")
        self.check()
        if actual != expected:
            raise Failure(f"{self.done}: at the end {trees.differences(expected, actual)[:5]} differ")


class Setting:
    def __init__(self, options, scratch):
        self.program, self.shim = os.path.abspath(options.weft), os.path.abspath(options.fault)
        self.scratch, self.forged = scratch, 0
        self.old_tree = os.path.join(scratch, "old")
        ignored = trees.shutil.ignore_patterns("__pycache__", ".pytest_cache", "*.pyc")
        trees.shutil.copytree(options.fixture, self.old_tree, ignore=ignored)
        self.plan = os.path.join(scratch, "plan.json")
        code, text = weft(self.program, self.old_tree, "plan", "-o", self.plan)
        if code != DONE:
            raise Failure(f"weft plan exits with {code}: {text}")
        self.old = trees.snapshot(self.old_tree)
        new_tree, log = os.path.join(scratch, "new"), os.path.join(scratch, "log")
        trees.copy_tree(self.old_tree, new_tree)
        weft(self.program, new_tree, "apply", "--plan", self.plan, shim=self.shim, log=log)
        self.new = trees.snapshot(new_tree)
        self.changed = sorted(p for p in self.old if self.old[p] != self.new[p])
        with open(log, encoding="utf-8") as file:
            self.points = len(file.readlines())


def run_one(setting, seed):
    sequence = Sequence(setting, seed)
    try:
        sequence.run()
        return None
    except Failure as failure:
        return f"seed {seed}: {failure}"
    finally:
        trees.shutil.rmtree(sequence.tree, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(description="random sequences of commands, killed at random")
    parser.add_argument("--weft", required=True)
    parser.add_argument("--fault", required=True, help="the library built from fault.c")
    parser.add_argument("--fixture", required=True)
    parser.add_argument("--sequences", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1, help="of the first sequence; others count on")
    options = parser.parse_args()
    with trees.scratch_folder() as scratch:
        setting = Setting(options, scratch)
        seeds = range(options.seed, options.seed + options.sequences)
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            found = list(pool.map(lambda seed: run_one(setting, seed), seeds))
    failures = [failure for failure in found if failure]
    trees.main_result(failures, f"{options.sequences} sequences from seed {options.seed}, "
                                f"{setting.forged} forged runs, "
                                f"{setting.points} points, {len(setting.changed)} files change: "
                                f"{len(failures)} with lost bytes")


if __name__ == "__main__":
    sys.exit(main())
