#!/usr/bin/python3
"""weft with a second language (toy.h), on a tree of two languages: scan, diff, apply, nothing more to do,
verify, rollback. What the tree becomes is in expected.diff.

    run_toy.py --weft build/release/bin/weft_toy [--accept]
"""
import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
TIMEOUT = 100  # seconds


def run(weft, tree, *arguments, status=0):
    done = subprocess.run([weft, *arguments], cwd=tree, capture_output=True, text=True, timeout=TIMEOUT)
    if done.returncode != status:
        sys.exit(f"weft {' '.join(arguments)} ends with {done.returncode} instead of {status}:\n"
                 f"{done.stdout}{done.stderr}")
    return done.stdout


def contents(tree):
    return {file.relative_to(tree): file.read_bytes()
            for file in sorted(tree.rglob("*")) if file.is_file() and ".weft" not in file.parts}


def expect(what, found, wanted):
    if found != wanted:
        sys.exit(f"{what}:\n--- expected\n{wanted}\n--- found\n{found}")


def main():
    parser = argparse.ArgumentParser(description="weft with a second language")
    parser.add_argument("--weft", required=True)
    parser.add_argument("--accept", action="store_true")
    options = parser.parse_args()
    weft = str(Path(options.weft).resolve())
    with tempfile.TemporaryDirectory() as work:
        tree = Path(work) / "tree"
        shutil.copytree(FOLDER / "tree", tree)
        before = contents(tree)
        scan = run(weft, tree, "scan", "--color", "never")
        diff = run(weft, tree, "diff", "--color", "never")
        if options.accept:
            (FOLDER / "expected.scan").write_text(scan)
            (FOLDER / "expected.diff").write_text(diff)
        expect("scan", scan, (FOLDER / "expected.scan").read_text())
        expect("diff", diff, (FOLDER / "expected.diff").read_text())
        run(weft, tree, "apply")
        expect("a second diff", run(weft, tree, "diff"), "")
        run(weft, tree, "verify")
        run(weft, tree, "rollback")
        expect("the tree after a rollback", contents(tree), before)
        # A file of the second language that does not parse is reported and left alone, as any other.
        (tree / "text.slip").write_text("fn broken(\n")
        run(weft, tree, "diff", status=3)


if __name__ == "__main__":
    main()
