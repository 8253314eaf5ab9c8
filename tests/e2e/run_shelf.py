#!/usr/bin/python3
"""Makes the daemon in fixtures/shelf serve several instances in one process, and runs it.

    tests/e2e/run_shelf.py --weft build/release/weft --cc gcc

Before and after `weft apply`, in two variants: it compiles without a warning, its own tests pass, and it answers the
same. Two instances are mixed before, and apart after. A second diff is empty, and a rollback leaves the tree as it was.
In two steps, old callers compile after the first, and both make what one makes.
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SKIPPED = 77
VARIANTS = {"plain": [], "expiry": ["-DWITH_EXPIRY"]}
FLAGS = ["-std=c11", "-Wall", "-Wextra", "-Werror", "-Werror=incompatible-pointer-types", "-Werror=int-conversion"]
TALK = b"set a 1\nget a\ncount\nhelp\nget b\n"


class Wrong(Exception):
    pass


def expect(what, actual, wanted):
    if actual != wanted:
        raise Wrong(f"{what}: {actual!r} instead of {wanted!r}")


class Shelf:
    def __init__(self, folder, weft, compiler):
        self.tree, self.home, self.compiler = folder / "tree", folder, compiler
        self.weft = weft
        shutil.copytree(PROJECT / "fixtures/shelf", self.tree)
        for variant, flags in VARIANTS.items():
            units = [{"directory": ".", "file": f.name, "arguments": ["cc", *flags, "-c", f.name]}
                     for f in sorted(self.tree.glob("*.c"))]
            (self.tree / f"{variant}.json").write_text(json.dumps(units))

    def run(self, *arguments):
        kept = {k: v for k, v in os.environ.items() if k in ("PATH", "ASAN_OPTIONS", "LSAN_OPTIONS", "WEFT_LIBCLANG")}
        done = subprocess.run([self.weft, *arguments, "-C", self.tree], env={**kept, "HOME": str(self.home)},
                              capture_output=True, text=True, timeout=120)
        if "error[E906]" in done.stderr and "built without" in done.stderr:
            print("skipped: this program was built without libclang")
            sys.exit(SKIPPED)
        if done.returncode != 0:
            raise Wrong(f"weft {' '.join(arguments)}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def build(self, name, variant, flags=()):
        program = self.home / f"{name}.{variant}"
        parts = [str(f) for f in sorted(self.tree.glob("*.c")) if f.stem not in ("main", "test_own")]
        own = PROJECT / "tests/e2e/shelf_two.c" if name == "two" else self.tree / f"{name}.c"
        subprocess.run([self.compiler, *FLAGS, *VARIANTS[variant], *flags, "-I", self.tree, "-o", program, own, *parts],
                       check=True, timeout=120)
        return program

    def ask(self, program, talk=b""):
        return subprocess.run([program], input=talk, capture_output=True, timeout=20, check=True).stdout

    def judge(self, instances, flags):
        """What the program says, in all variants; it must be as good as before."""
        said = []
        for variant in VARIANTS:
            expect("its own tests", self.ask(self.build("test_own", variant)), b"all good\n")
            expect("two instances", self.ask(self.build("two", variant, flags)).decode().strip(), instances)
            said.append(self.ask(self.build("main", variant), TALK))
        return said

    def texts(self):
        return {f.name: f.read_bytes() for f in self.tree.iterdir() if f.is_file()}


def carry_out(shelf):
    before = shelf.texts()
    said = shelf.judge("mixed", [])
    shelf.run("apply")
    expect("what it answers", shelf.judge("apart", ["-DAFTER"]), said)
    state = [line for name, text in shelf.texts().items() if name.endswith(".c") and name not in ("main.c", "shelf.c")
             for line in text.decode().splitlines() if "the_shelf" in line]
    expect("who still reads the global", [line.strip().split("(")[0] for line in state],
           ["test_commands", "test_expiry"])
    expect("a second diff", shelf.run("diff"), "")
    shelf.run("rollback")
    expect("the tree after a rollback", shelf.texts(), before)


def carry_out_in_two_steps(shelf):
    """Old callers compile after the first step; both make what one step makes, but for line ends."""
    rules = shelf.tree / "weft.yml"
    rules.write_text(rules.read_text().replace("  ambient: the_shelf\n", '  ambient: the_shelf\n  rename: "in_{name}"\n'))
    before, own = shelf.texts(), (shelf.tree / "test_own.c").read_text()
    shelf.run("apply", "--stage", "expand")
    (shelf.tree / "test_own.c").write_text(own)  # a caller that knows the old names alone
    for variant in VARIANTS:
        expect("old callers", shelf.ask(shelf.build("test_own", variant)), b"all good\n")
    shelf.run("apply", "--stage", "expand")
    expect("a second step of the same kind", shelf.run("diff", "--stage", "expand"), "")
    shelf.run("apply", "--stage", "contract")
    words = {name: text.split() for name, text in shelf.texts().items() if name.endswith((".c", ".h"))}
    for variant in VARIANTS:
        expect("its own tests", shelf.ask(shelf.build("test_own", variant)), b"all good\n")
    for name, text in before.items():
        (shelf.tree / name).write_bytes(text)
    shelf.run("apply", "--mode", "required")
    once = {name: text.split() for name, text in shelf.texts().items() if name.endswith((".c", ".h"))}
    expect("files that differ from one step", [name for name in words if words[name] != once[name]], [])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weft", required=True)
    parser.add_argument("--cc", default="cc")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        try:
            for number, carries_out in enumerate([carry_out, carry_out_in_two_steps]):
                home = Path(folder) / str(number)
                home.mkdir()
                carries_out(Shelf(home, str(Path(options.weft).resolve()), options.cc))
        except (Wrong, subprocess.CalledProcessError) as wrong:
            print(wrong)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
