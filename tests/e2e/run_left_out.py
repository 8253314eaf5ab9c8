#!/usr/bin/python3
"""Files of a fixture that are left out, one at a time: nothing is written in them, and no command fails.

    tests/e2e/run_left_out.py --weft build/release/weft --fixture fixtures/maibot [--every N]

Each N-th file is left out of a tree before `apply` and of one after it. The commands end as they may (0 to 3), a diff
has no part in that file, and what is applied without the file is a fixed point.
"""
import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

COMMANDS = (["diff", "-q"], ["scan", "--format", "json"], ["check"], ["report", "--format", "json"],
            ["report", "--format", "html"])
MAY_END = (0, 1, 2, 3)


class Runner:
    def __init__(self, weft, tree, path):
        self.weft, self.tree, self.path = weft, tree, path
        self.faults = []

    def run(self, command):
        """The stdout of COMMAND with the file left out."""
        done = subprocess.run([self.weft, *command, "--exclude", self.path], cwd=self.tree, capture_output=True,
                              encoding="utf-8", errors="replace", timeout=100)
        if done.returncode not in MAY_END or "BUG" in done.stderr:
            self.fault(command, f"exit {done.returncode}: {done.stderr[-300:]}")
        return done.stdout

    def fault(self, command, what):
        self.faults.append(f"{self.path}: {' '.join(command)}: {what}")

    def run_all(self):
        for command in COMMANDS:
            text = self.run(command)
            if command[0] == "diff" and f"+++ b/{self.path}\n" in text:
                self.fault(command, "the file is in the diff")

    def apply(self):
        before = (self.tree / self.path).read_bytes()
        self.run(["apply", "-q", "--allow-dirty"])
        if (self.tree / self.path).read_bytes() != before:
            self.fault(["apply"], "the file was written")
        if self.run(["diff", "-q"]):
            self.fault(["diff"], "a second run plans something")
        self.run_all()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weft", required=True, type=Path)
    parser.add_argument("--fixture", required=True, type=Path)
    parser.add_argument("--every", type=int, default=1)
    options = parser.parse_args()
    weft, faults = options.weft.resolve(), []
    paths = sorted(p.relative_to(options.fixture).as_posix() for p in options.fixture.rglob("*.py"))
    chosen = paths[:: options.every] + ["src/chat/**"]
    for path in chosen:
        with tempfile.TemporaryDirectory() as folder:
            tree = Path(folder) / "tree"
            shutil.copytree(options.fixture, tree)
            runner = Runner(weft, tree, path)
            runner.run_all()
            if path in paths:
                runner.apply()
            faults += runner.faults
    print("\n".join(faults))
    print(f"{len(chosen)} left out, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
