"""The runtime that packs bring has the lines of any project: no line is wider than 79 columns, and where black and
isort are installed they find nothing to change at the limits that projects have. Exit status 77: they are not.
"""
import argparse
import pathlib
import shutil
import subprocess
import sys
import unicodedata

WIDEST = 79
LIMITS = (79, 88, 100, 120, 160)


def columns(line):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", type=pathlib.Path, required=True)
    rules = parser.parse_args().root / "rules"
    files = sorted([*rules.glob("*/isolation/*.py"), *rules.glob("*/runtime/**/*.py")])
    assert len(files) > 20, f"only {len(files)} files below {rules}"
    wide = []
    for path in files:
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if columns(line) > WIDEST:
                wide.append(f"{path}:{number}: {columns(line)} columns")
    print(*wide, sep="\n")
    if wide:
        return 1
    if not shutil.which("black") or not shutil.which("isort"):
        print("black and isort are not installed: only the width was looked at")
        return 77
    failed = 0
    for limit in LIMITS:
        failed |= subprocess.run(["black", "--quiet", "--check", "--diff", "-l", str(limit), *files]).returncode
    failed |= subprocess.run(["isort", "--check", "--diff", "--profile", "black", "-l", str(WIDEST), *files]).returncode
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
