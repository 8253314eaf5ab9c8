#!/usr/bin/python3
"""Damages the folder .weft of a run at random, as a stranger may hand it over, and lets weft work on it.

    tests/fuzz/run_store.py --weft build/release/weft --runs 1000 --seed 1

A small tree is changed by a plan; some of the runs are stopped in the middle or taken back. Then bytes, lines, whole
files and kinds of files in .weft are changed, and `status`, `resume`, `rollback`, `rollback --merge`, `prune` and
`apply` run in some order. Whatever .weft says:
- weft ends with a documented exit code, and says why when it refuses;
- every file of the tree has its old bytes, its new bytes or what a person wrote: never any others, and none is gone;
- nothing outside of the tree is made, changed or removed, through links neither.
"""
import argparse
import collections
import concurrent.futures
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "crash"))
import trees  # noqa: E402

FILES = 10
TIMEOUT = 300  # seconds of the clock, on a busy machine
BROKEN = re.compile(r"BUG|Sanitizer|runtime error")
COMMANDS = (["status"], ["status", "--format", "json"], ["resume"], ["rollback"], ["rollback", "1"], ["rollback", "--merge"],
            ["prune"], ["prune", "--keep", "0"], ["apply"])
WORDS = (b"..", b"/", b"../outside.txt", b"/etc/passwd", b".git/config", b".weft/lock", b"%2e%2e", b"%00", b"0", b"-1",
         b"4294967296", b"99999999999999999999", b"100644", b"120000", b"begun", b"committed", b"applied", b"undoing",
         b"undone", b"folder", b"change", b"create", b"left", b"\n", b" ", b"\xff", b"a" * 5000)


class Wrong(Exception):
    """A property that does not hold."""


class Master:
    """Trees to damage: applied, stopped in the middle, taken back."""

    def __init__(self, options, scratch):
        self.program, self.folder = options.weft, scratch
        self.plan = scratch / "plan.json"
        old = scratch / "old"
        old.mkdir()
        document, self.new = trees.made_tree(str(old), FILES)
        self.plan.write_text(json.dumps(document))
        self.old = trees.snapshot(str(old))
        self.kinds = [old]
        self.make("applied", [["apply"]])
        self.make("undone", [["apply"], ["rollback"]])
        self.make("twice", [["apply"], ["rollback"], ["apply"]])
        for point in (20, 40, 60, 70) if options.fault else ():
            self.make(f"stopped-{point}", [["apply"]], fault=(point, "kill-before"), shim=options.fault)

    def make(self, name, commands, **how):
        tree = self.folder / name
        trees.copy_tree(self.folder / "old", tree)
        for command in commands:
            code, text = trees.weft(self.program, tree, *self.full(command), **how)
            if code not in (0, trees.KILLED):
                raise SystemExit(f"weft {command} ends with {code}: {text}")
        self.kinds.append(tree)

    def full(self, command):
        return command + (["--plan", str(self.plan), "--no-fsync"] if command == ["apply"] else
                          ["--no-fsync"] if command[0] in ("resume", "rollback") else [])


# ---- damage --------------------------------------------------------------------------------------
def change_bytes(chance, data):
    at = chance.randrange(len(data) + 1)
    kind = chance.randrange(7)
    if kind == 0:
        return data[:at]
    if kind == 1:
        return data[:at] + bytes([chance.randrange(256)]) + data[at + 1:]
    if kind == 2:
        return data[:at] + chance.choice(WORDS) + data[at:]
    parts = re.split(rb"(?<=\n)", data) if chance.random() < 0.5 else re.split(rb"([\s\",:]+)", data)
    here, there = chance.randrange(len(parts)), chance.randrange(len(parts))
    if kind == 3:
        parts[here] = parts[there]
    elif kind == 4:
        parts[here], parts[there] = parts[there], parts[here]
    elif kind == 5:
        parts.insert(here, parts[there])
    else:
        parts[here] = chance.choice(WORDS)
    return b"".join(parts)


def change_kind(chance, path, others, outside):
    """The file at PATH becomes something else."""
    kind = chance.randrange(7)
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
    if kind == 0:
        path.mkdir()
    elif kind == 1:
        os.mkfifo(path)
    elif kind == 2:
        path.symlink_to(outside / "secret.txt")
    elif kind == 3:
        path.symlink_to(outside)
    elif kind == 4 and others[0].is_file():
        os.link(others[0], path)
    elif kind == 5:
        path.symlink_to(path.name)


def damage(chance, store, outside):
    found = sorted(p for p in store.rglob("*"))
    for _ in range(chance.randint(1, 4)):
        path = chance.choice(found)
        if not os.path.lexists(path):
            continue
        if chance.random() < 0.2:
            change_kind(chance, path, chance.sample(found, 1), outside)
        elif path.is_file() and not path.is_symlink():
            path.write_bytes(change_bytes(chance, path.read_bytes()))


# ---- one trial -----------------------------------------------------------------------------------
def run(program, tree, command):
    try:
        done = subprocess.run([program, *command], cwd=tree, stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=TIMEOUT, check=False, env={**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(tree.parent),
                                                "XDG_STATE_HOME": trees.STATE})
    except subprocess.TimeoutExpired as mistake:
        raise Wrong("it hangs") from mistake
    text = (done.stdout + done.stderr).decode("utf-8", "replace")
    if not 0 <= done.returncode <= 6 or BROKEN.search(text):
        raise Wrong(f"exit code {done.returncode}: {text[-1500:]}")
    if done.returncode not in (0, 1) and not text.strip():
        raise Wrong(f"exit code {done.returncode} without a word")
    return done.returncode


def judge(master, tree, before, outside, outside_before):
    if trees.snapshot(outside) != outside_before:
        raise Wrong("something outside of the tree changed")
    for path, content in trees.snapshot(tree).items():
        known = (master.old.get(path, 0), master.new.get(path, 0), before.get(path, 0))
        if content not in known and not (content and content[1] in {k[1] for k in known if k}):
            if not os.path.basename(path).startswith(".weft-"):  # a staged file
                raise Wrong(f"{path} has bytes that nobody wrote")
    gone = [p for p in before if p in master.old and not os.path.lexists(tree / p)]
    if gone:
        raise Wrong(f"{gone} are gone")


def trial(master, number, work):
    chance = random.Random(number)
    with tempfile.TemporaryDirectory(prefix="weft-store-", dir=work) as scratch:
        tree, outside = Path(scratch) / "tree", Path(scratch) / "outside"
        outside.mkdir()
        (outside / "secret.txt").write_text("of somebody else\n")
        trees.copy_tree(chance.choice(master.kinds[1:]), tree)
        damage(chance, tree / ".weft", outside)
        before, outside_before = trees.snapshot(tree), trees.snapshot(outside)
        done = []
        try:
            for _ in range(chance.randint(1, 4)):
                command = master.full(list(chance.choice(COMMANDS)))
                done.append(" ".join(command[:2]))
                done.append(run(master.program, tree, command))
                judge(master, tree, before, outside, outside_before)
        except Wrong as mistake:
            return collections.Counter(failed=1), f"FAILED seed {number}, {done}: {mistake}\n"
    return collections.Counter(f"exit {code}" for code in done if isinstance(code, int)), ""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--weft", required=True, type=os.path.abspath)
    parser.add_argument("--fault", type=os.path.abspath, help="the library of tests/crash, for runs that stop")
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-j", type=int, default=os.cpu_count())
    options, started, counts = parser.parse_args(), time.monotonic(), collections.Counter()
    with trees.scratch_folder() as scratch:
        master = Master(options, Path(scratch))
        with concurrent.futures.ThreadPoolExecutor(options.j) as pool:
            numbers = range(options.seed, options.seed + options.runs)
            for found, message in pool.map(lambda n: trial(master, n, scratch), numbers):
                counts += found
                print(message, end="", flush=True)
    parts = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
    print(f"{options.runs} stores: {parts}; {time.monotonic() - started:.0f} s")
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
