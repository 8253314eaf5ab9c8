#!/usr/bin/python3
"""Kills weft at points of a migration and goes on: what comes of it must be what a run without faults makes.

    tests/data/run_faults.py --weft PROGRAM --fault LIBRARY [--every N] [--messages N] [--kinds POINT:WHAT..]

A run without faults is made first, and its points are counted: each statement that SQLite prepares, each write and each
sync. Then, for every N-th point, weft is killed there (statements, writes), or every write and sync from there on
fails. After that `resume` must come to the same database, or `rollback` to the one of before; which, alternates.
"""
import argparse
import os
import shutil
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import sqlite_bot  # noqa: E402

# The smallest batches: 3,200 messages are 50 of them.
SMALL = {"FAULT_CLOCK": "1"}
KINDS = (("statement", "kill"), ("write", "kill"), ("sync", "kill"), ("write", "enospc"), ("write", "eio"), ("sync", "eio"))


class Sweep:
    def __init__(self, options, scratch):
        self.options, self.scratch = options, scratch
        self.original = os.path.join(scratch, "original.db")
        sqlite_bot.make(self.original, messages=options.messages, journal=options.journal)
        self.before = sqlite_bot.dump(self.original)
        self.plan = sqlite_bot.Weft(options.weft, scratch).write_plan(self.original, messages=options.messages)
        self.runs = 0

    def start(self):
        """A fresh copy with a plan for it: (weft, database, plan, folder)."""
        self.runs += 1
        folder = os.path.join(self.scratch, f"run{self.runs}")
        os.mkdir(folder)
        base = os.path.join(folder, "bot.db")
        shutil.copy(self.original, base)
        weft = sqlite_bot.Weft(self.options.weft, folder)
        return weft, base, self.plan, folder

    def apply(self, weft, base, plan, **environment):
        return weft.run("apply", base, "--plan", plan, "--contract", "--offline", expect=None, **{**SMALL, **environment})

    def measure(self):
        """The result without faults, and how many points of each kind there are."""
        weft, base, plan, folder = self.start()
        log = os.path.join(folder, "log")
        done = self.apply(weft, base, plan, LD_PRELOAD=self.options.fault, FAULT_LOG=log)
        assert done.returncode == 0, done.stderr
        self.after = sqlite_bot.dump(base)
        kinds = [line.split()[1] for line in open(log, encoding="utf-8")]
        shutil.rmtree(folder)
        return {kind: kinds.count(kind) for kind in ("statement", "write", "sync")}

    def try_point(self, only, kind, point, roll_back):
        weft, base, plan, folder = self.start()
        done = self.apply(weft, base, plan, LD_PRELOAD=self.options.fault, FAULT_ONLY=only, FAULT_KIND=kind,
                          FAULT_POINT=str(point))
        where = f"{kind} at {only} {point}"
        if kind == "kill":
            assert done.returncode == -9, f"{where}: status {done.returncode}: {done.stderr}"
        else:
            assert done.returncode in (0, 2, 6), f"{where}: status {done.returncode}: {done.stderr}"
        if roll_back:
            self.take_back(weft, base, where)
        else:
            done = self.apply(weft, base, plan)
            assert done.returncode == 0, f"{where}: going on: {done.stderr}"
            found = sqlite_bot.dump(base)
            assert found == self.after, f"{where}: " + "\n".join(set(found) ^ set(self.after))[:2000]
        shutil.rmtree(folder)

    def take_back(self, weft, base, where):
        done = weft.run("rollback", base, expect=None)
        if done.returncode != 0:
            assert "E670" in done.stderr, f"{where}: taking back: {done.stderr}"
            if "cannot be taken back" in done.stderr:  # the last phase was over
                assert sqlite_bot.dump(base) == self.after, where
                return
        assert sqlite_bot.dump(base) == self.before, f"{where}: not what it was: {done.stderr}"


def main():
    parser = argparse.ArgumentParser(description="kill weft at points of a migration")
    parser.add_argument("--weft", required=True)
    parser.add_argument("--fault", required=True, type=os.path.abspath)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--messages", type=int, default=3000)
    parser.add_argument("--journal", default="wal")
    parser.add_argument("--kinds", nargs="*", choices=[f"{only}:{kind}" for only, kind in KINDS], help="those alone")
    options = parser.parse_args()
    tried, failed = 0, 0
    with tempfile.TemporaryDirectory(prefix="weft-faults-", dir=sqlite_bot.FAST) as scratch:
        sweep = Sweep(options, scratch)
        points = sweep.measure()
        for only, kind in KINDS:
            if options.kinds and f"{only}:{kind}" not in options.kinds:
                continue
            for point in range(1, points[only] + 1, options.every):
                tried += 1
                try:
                    sweep.try_point(only, kind, point, tried % 2 == 0)
                except AssertionError as mistake:
                    failed += 1
                    print(mistake, flush=True)
    print(f"{points}: {tried} points tried, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
