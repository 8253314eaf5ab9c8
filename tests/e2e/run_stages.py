#!/usr/bin/env python3
"""Two stages are one change: expand, then contract, gives the bytes of mode required.

usage: run_stages.py --weft PROGRAM [--fixture FOLDER] [--cases FOLDER]

For a fixture, with its own rules, and for the input of every case below FOLDER that has a rules.yml:

  expand     `--stage expand` is accepted by `git apply`; again, it plans nothing
  contract   so does `--stage contract` on the result
  required   `--mode required` on the tree as it was gives the same bytes as the two together
  suites     the fixture's own tests pass after each of the stages, the two-tenant tests too; of the
             former, those that start whole programs are left to run_fixture.py

--no-suites leaves these out. Everything happens on copies in a temporary folder. Exit status 0 when all of it holds.
"""
import argparse
import concurrent.futures
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import run_fixture  # noqa: E402

# A case whose diff must be refused has nothing to compose.
DONE = (0, 3)
SLOW = "test_background.py"


class Failure(Exception):
    pass


def weft(program, tree, *options):
    """The diff of one run; None when the tree's rules or the post-check refuse it."""
    done = subprocess.run([program, "diff", "-j", "1", *options], cwd=tree, capture_output=True, timeout=100)
    return done.stdout if done.returncode in DONE else None


def change(program, tree, what, *options):
    """Applies one diff to TREE and expects the second one to be empty. False: the run was refused."""
    diff = weft(program, tree, *options)
    if diff is None:
        return False
    if diff:
        done = subprocess.run(["git", "apply", "--whitespace=nowarn", "-"], cwd=tree, input=diff,
                              capture_output=True, timeout=100)
        if done.returncode:
            raise Failure(f"{what}: git apply: {done.stderr.decode(errors='replace')}")
    again = weft(program, tree, *options)
    if again:
        raise Failure(f"{what}: a second run plans more:\n{again.decode(errors='replace')[:3000]}")
    return True


def contents(tree):
    return {str(path.relative_to(tree)): path.read_bytes() for path in sorted(tree.rglob("*"))
            if path.is_file() and not path.is_symlink() and "__pycache__" not in path.parts}


def compare(one, two):
    one, two = contents(one), contents(two)
    for path in sorted(one.keys() | two.keys()):
        if one.get(path) != two.get(path):
            raise Failure(f"'{path}' differs\n--- required\n{one.get(path, b'').decode(errors='replace')}"
                          f"--- expand + contract\n{two.get(path, b'').decode(errors='replace')}")


def compose(program, source, scratch, *options):
    """Both ways on copies of SOURCE. Returns the expanded and the contracted tree; None when refused."""
    expanded, one, two = (Path(scratch) / name for name in ("expanded", "one", "two"))
    shutil.copytree(source, expanded, symlinks=True, ignore=run_fixture.IGNORED)
    shutil.copytree(source, one, symlinks=True, ignore=run_fixture.IGNORED)
    if not change(program, one, "required", "--mode", "required", *options):
        return None
    if not change(program, expanded, "expand", "--stage", "expand", *options):
        raise Failure("expand is refused, required is not")
    shutil.copytree(expanded, two, symlinks=True)
    if not change(program, two, "contract", "--stage", "contract", *options):
        raise Failure("contract is refused")
    compare(one, two)
    return expanded, two


def check_case(program, folder):
    with tempfile.TemporaryDirectory() as scratch:
        try:
            return compose(program, folder / "input", scratch, "--pack", str(folder / "rules.yml")) is not None
        except Failure as failure:
            return f"FAILED: {folder.name}: {failure}"


def check_cases(program, top):
    folders = sorted(path.parent for path in top.rglob("rules.yml") if (path.parent / "input").is_dir())
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(lambda folder: check_case(program, folder), folders))
    failures = [result for result in results if isinstance(result, str)]
    for failure in failures:
        print(failure)
    print(f"cases: {results.count(True)} compose, {results.count(False)} are refused, {len(failures)} fail")
    return not failures and results.count(True) > 0


def check_fixture(program, fixture, suites):
    with tempfile.TemporaryDirectory() as scratch:
        stages = compose(program, fixture, scratch)
        if stages is None:
            raise Failure("the fixture is refused")
        print("fixture: expand and contract give the bytes of mode required")
        for tree in stages:
            (tree / "tests" / SLOW).unlink()
        if not suites:
            return
        with concurrent.futures.ThreadPoolExecutor() as pool:
            runs = [pool.submit(run_fixture.pytest, str(tree), suite)
                    for tree in stages for suite in ("tests", "two_tenants")]
        for run, name in zip(runs, ("expanded", "expanded, two tenants", "contracted", "contracted, two tenants")):
            passed, failed = run.result()
            if failed or not passed:
                raise Failure(f"{name}: {failed} tests fail, {passed} pass")
            print(f"{name}: {passed} tests pass")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weft", required=True)
    parser.add_argument("--fixture", type=Path)
    parser.add_argument("--cases", type=Path)
    parser.add_argument("--no-suites", action="store_true")
    options = parser.parse_args()
    program = os.path.abspath(options.weft)
    try:
        if options.fixture:
            check_fixture(program, options.fixture, not options.no_suites)
    except Failure as failure:
        sys.exit(f"FAILED: {failure}")
    if options.cases and not check_cases(program, options.cases.resolve()):
        sys.exit(1)


if __name__ == "__main__":
    main()
