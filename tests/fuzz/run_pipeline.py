#!/usr/bin/python3
"""Changes small Python trees at random, threads them with weft as a user would, and judges by CPython.

    tests/fuzz/run_pipeline.py --weft build/release/weft --runs 5000 --seed 1
    tests/fuzz/run_pipeline.py --weft ... --input FILE       one input, as it was printed
    tests/fuzz/run_pipeline.py --weft ... --seeds FOLDER     besides the corpus

An input is a few modules, each after a line "# file: path.py" (the corpus of fuzz_python). For each:
- weft takes under two seconds of the processor's time a command, and ends with a documented exit code that is no fault of its own;
- `weft apply` writes what `weft plan` said, and `weft diff` is what `git apply` makes of the old tree;
- a file that CPython compiled before, it compiles afterwards;
- the next `weft diff` is empty, and `weft rollback` gives back every byte.
A failure is written to --keep and printed with its seed.
"""
import argparse
import collections
import concurrent.futures
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

import mutate

HERE = Path(__file__).parent
RULES = HERE / "tree.yml"
MARK = re.compile(rb"^# file: (.*)\n", re.M)
MODES = (["--mode", "hybrid"], ["--mode", "required"], ["--mode", "optional"], ["--stage", "contract"])
EXPAND = ["--stage", "expand"]  # comes before contract
LIMIT = 2  # seconds of the processor for one command; those of the clock say how busy the machine is
HANGS = 300  # seconds of the clock
GOOD = (0, 3)
FAULTS = re.compile(r"\[E(501|502|506|507)\]|BUG|Sanitizer|runtime error")


class Wrong(Exception):
    """A property that does not hold."""


def split(data):
    """The modules of an input: path -> bytes; paths that no tree can have are left out."""
    parts = MARK.split(data)
    found = {}
    for path, text in zip(parts[1::2], parts[2::2]):
        name = path.decode("utf-8", "replace").strip()
        if re.fullmatch(r"[\w./-]+\.py", name) and not name.startswith("/") and ".." not in name:
            found.setdefault(name, text)
    return found


def join(modules):
    return b"".join(b"# file: %s\n%s" % (path.encode(), text) for path, text in modules.items())


def compiles(text, path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(text, path, "exec", dont_inherit=True)
            return True
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False


def read_tree(root):
    return {str(p.relative_to(root)): p.read_bytes() for p in sorted(root.rglob("*"))
            if p.is_file() and ".weft" not in p.parts}


def write_tree(root, modules):
    for path, text in modules.items():
        file = root / path
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text)
        except OSError:  # "a.py/b.py" beside "a.py"
            continue


class Trial:
    def __init__(self, weft, data, mode, work):
        self.program, self.mode = weft, mode
        self.root, self.other = Path(work) / "tree", Path(work) / "other"
        for folder in (self.root, self.other):
            folder.mkdir()
            write_tree(folder, split(data))
        self.before = read_tree(self.root)

    def weft(self, command, *args, mode=True):
        options = ["-j", "1", "--pack", RULES, *self.mode] if mode else []
        try:
            done = subprocess.run(["sh", "-c", f'ulimit -t {LIMIT}; exec "$@"', "sh", self.program, command,
                                   *options, *args], cwd=self.root, capture_output=True, timeout=HANGS, check=False)
        except subprocess.TimeoutExpired as mistake:
            raise Wrong(f"weft {command} hangs") from mistake
        said = done.stderr.decode("utf-8", "replace")
        if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
            raise Wrong(f"weft {command} takes over {LIMIT} s of the processor's time")
        if done.returncode not in GOOD and not (done.returncode == 2 and not FAULTS.search(said)):
            raise Wrong(f"weft {command} ends with {done.returncode}:\n{said[-3000:]}")
        if FAULTS.search(said):
            raise Wrong(f"weft {command} is at fault:\n{said[-3000:]}")
        return done.returncode, done.stdout, said

    def prove(self):
        """What was counted."""
        if self.mode == MODES[3] and not self.expand():
            return "refused"
        code, diff, _ = self.weft("diff")
        if code == 2:
            return "refused"
        if not diff:
            return "unchanged"
        code, _, said = self.weft("apply", "--no-fsync")
        if code == 2:
            raise Wrong("diff accepts what apply refuses: " + said)
        after = read_tree(self.root)
        self.judge(after)
        self.apply_diff(diff, after)
        code, again, _ = self.weft("diff")
        if again or code == 2:
            raise Wrong("a second run changes more:\n" + again.decode("utf-8", "replace")[:3000])
        self.weft("rollback", "--no-fsync", mode=False)
        if read_tree(self.root) != self.before:
            raise Wrong("rollback does not give back every byte")
        return "changed"

    def expand(self):
        """The tree that the second stage begins with; False when the first is refused."""
        self.mode = EXPAND
        code, _, _ = self.weft("apply", "--no-fsync")
        self.mode = MODES[3]
        self.before = read_tree(self.root)
        write_tree(self.other, self.before)
        return code != 2

    def judge(self, after):
        for path, text in after.items():
            old = self.before.get(path, b"")
            if text != old and compiles(old, path) and not compiles(text, path):
                raise Wrong(f"{path} does not compile any more:\n{text.decode('utf-8', 'replace')[:3000]}")

    def apply_diff(self, diff, after):
        done = subprocess.run(["git", "apply", "--whitespace=nowarn", "-"], input=diff, cwd=self.other,
                              capture_output=True, timeout=60, check=False,
                              env={**os.environ, "GIT_CEILING_DIRECTORIES": str(self.other.parent)})
        if done.returncode:
            raise Wrong("git apply refuses the diff: " + done.stderr.decode("utf-8", "replace"))
        if read_tree(self.other) != after:
            raise Wrong("the diff is not what apply wrote")


def try_one(options, number, data, mode):
    """One input; what came of it, and the message of a failure."""
    with tempfile.TemporaryDirectory(prefix="weft-fuzz-", dir=options.work) as work:
        try:
            return Trial(options.weft, data, mode, work).prove(), ""
        except Wrong as mistake:
            kept = Path(options.keep) / f"pipeline-{number}"
            kept.write_bytes(b"%d" % MODES.index(mode) + data)
            return "failed", f"FAILED {kept} ({' '.join(mode)})\n  {mistake}\n"


def try_seeded(options, seeds, number):
    """The input that NUMBER makes of the seeds. Most of them are made of modules that compile."""
    chance = random.Random(number)
    data = seeds[chance.randrange(len(seeds))]
    mode = MODES[chance.randrange(len(MODES))]
    for _ in range(8):
        modules = split(data[1:])
        for _ in range(chance.randint(1, 4)):
            path = chance.choice(sorted(modules))
            changed = mutate.change(chance, modules[path], seeds)
            if chance.random() < 0.05 or compiles(changed, path):
                modules[path] = changed
        if join(modules) != data[1:]:
            break
    return try_one(options, number, join(modules), mode)


def report(counts, seconds):
    parts = ", ".join(f"{counts[name]} {name}" for name in ("changed", "unchanged", "refused", "failed"))
    print(f"{sum(counts.values())} inputs: {parts}; {seconds:.0f} s")


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--weft", required=True, type=os.path.abspath)
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1, help="number of the first input")
    parser.add_argument("--seeds", action="append", default=[], help="a folder of inputs, besides the corpus")
    parser.add_argument("--input", action="append", default=[], help="a file, as it is")
    parser.add_argument("--keep", default=".", help="folder for inputs that fail")
    parser.add_argument("--work", help="folder for trees; one in memory is fast")
    parser.add_argument("-j", type=int, default=os.cpu_count())
    return parser.parse_args()


def main():
    options, started, counts = parse_options(), time.monotonic(), collections.Counter()
    folders = [HERE / "corpus/python", *map(Path, options.seeds)]
    seeds = [p.read_bytes() for folder in folders for p in sorted(folder.iterdir()) if p.is_file()]
    seeds = [data for data in seeds if split(data[1:])]
    with concurrent.futures.ThreadPoolExecutor(options.j) as pool:
        if options.input:
            inputs = [Path(name).read_bytes() for name in options.input]
            modes = [MODES[data[0] % 4] for data in inputs]
            work = [pool.submit(try_one, options, Path(name).name, data[1:], mode)
                    for name, data, mode in zip(options.input, inputs, modes)]
        else:
            work = [pool.submit(try_seeded, options, seeds, number)
                    for number in range(options.seed, options.seed + options.runs)]
        for done in concurrent.futures.as_completed(work):
            result, message = done.result()
            counts[result] += 1
            print(message, end="", flush=True)
    report(counts, time.monotonic() - started)
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
