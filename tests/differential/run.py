#!/usr/bin/python3
"""Random programs, run before and after `weft apply` in every mode: they must say the same.

    tests/differential/run.py --weft build/release/weft --seeds 0:40            what ctest runs
    tests/differential/run.py --weft build/release/weft --seeds 1000:6000       many
    tests/differential/run.py --weft build/release/weft --seeds 17 --keep DIR   one, and its smallest form in DIR
"""
import argparse
import collections
import os
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import state_folder  # noqa: F401

import execute
import judge
import reduce
from program import Program, recipe_of

# Programs that end at import with an error of their own, as where what fails on purpose is called there: they judge
# nothing. Were there more of them, it would be the generator that is wrong.
MOST_VOID = 0.01

# In memory where there is such a folder: a program is written a dozen times.
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def main():
    options = parse()
    execute.load_ahead(HERE.parent.parent / "rules/standard/isolation")
    work = tempfile.mkdtemp(prefix="weft-differential-", dir=MEMORY)
    judged = judge.Judge(options.weft, work)
    try:
        return run_seeds(options, judged)
    finally:
        judged.runner.stop()
        shutil.rmtree(work, ignore_errors=True)


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weft", required=True, type=os.path.abspath)
    parser.add_argument("--seeds", default="0:40", help="N, or FIRST:END")
    parser.add_argument("--steps", type=int, default=12, help="the most steps of a program")
    parser.add_argument("--way", action="append", choices=[*judge.WAYS, *judge.AFTER_HYBRID], help="only this way; may be repeated")
    parser.add_argument("--rotate", action="store_true", help="hybrid, and one other way for each seed")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="begin no further program after so many")
    parser.add_argument("--keep", type=Path, help="write the smallest form of what fails below this folder")
    parser.add_argument("--no-reduce", action="store_true")
    return parser.parse_args()


def run_seeds(options, judged):
    first, _, last = options.seeds.partition(":")
    seeds = range(int(first), int(last or int(first) + 1))
    kinds, counts, done, void = collections.Counter(), collections.Counter(), 0, 0
    end = time.monotonic() + options.seconds
    stopped = []  # an interrupt ends it with its counts, behind the program at hand
    signal.signal(signal.SIGINT, lambda *_: stopped.append(True))
    for seed in seeds:
        if stopped or time.monotonic() > end:
            break
        done += 1
        recipe = recipe_of(seed, options.steps)
        program = Program(recipe)
        chosen = choose_ways(options, seed)
        counts.update(chosen)
        found = judged.check(program.files, program.below, chosen)
        if judge.does_not_run(found):
            print(f"seed {seed}: the program does not run by itself: {found[0].text.strip().splitlines()[-1]}", flush=True)
            void += 1
            continue
        for failure in found:
            known = describe(failure, recipe)
            kinds[known] += 1
            if kinds[known] == 1:
                show(options, judged, seed, recipe, failure)
            else:
                print(f"seed {seed}: {known}, as before", flush=True)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    print(f"{done} programs from seed {seeds.start} ({', '.join(f'{way} {count}' for way, count in counts.items())}), "
          f"{void} that do not run by themselves, {sum(kinds.values())} failures")
    for known, count in kinds.most_common():
        print(f"  {count:5} {known}")
    return 1 if kinds or void > 1 + done * MOST_VOID else 0


def choose_ways(options, seed):
    if options.way:
        return tuple(options.way)
    others = [way for way in judge.WAYS if way != "hybrid"]
    if options.rotate:
        others = [others[seed % len(others)]]
    return ("hybrid", *others, *judge.AFTER_HYBRID)


def describe(failure, recipe):
    """The failure with the feature of a step for its number: the same for many seeds."""
    words = failure.kind.split(" ")
    features = {f"f{step.number}": step.feature for step in recipe}
    return f"{failure.way}: " + " ".join(features.get(word, word) for word in words)


def show(options, judged, seed, recipe, failure):
    print(f"seed {seed}: {describe(failure, recipe)}")
    if options.no_reduce:
        print(failure.text, flush=True)
        return
    files, text = smallest(judged, recipe, failure)
    print(text)
    for path, source in files.items():
        if path.startswith("app/m"):
            print(f"--- {path}\n{source}")
    print(f"again: {sys.argv[0]} --weft {options.weft} --seeds {seed} --steps {options.steps}\n", flush=True)
    if options.keep:
        write(options.keep / f"{seed}-{failure.way}", files)


def smallest(judged, recipe, failure):
    """The smallest files that fail in the same way, and the text of their failure."""
    ways = (failure.way,)
    if failure.way in judge.AFTER_HYBRID:
        ways = ("hybrid", failure.way)
    elif failure.kind.startswith("other bytes"):
        ways = (judge.SAME_BYTES[failure.way], failure.way)
    last = [failure.text]

    def fails_with(files, below):
        for found in judged.check(files, below, ways):
            if (found.way, found.kind) == (failure.way, failure.kind):
                last[0] = found.text
                return True
        return False

    recipe = reduce.reduce_recipe(recipe, lambda program: fails_with(program.files, program.below))
    program = Program(recipe)
    files = reduce.reduce_files(program.files, lambda files: fails_with(files, program.below))
    fails_with(files, program.below)
    return files, last[0]


def write(folder, files):
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
