#!/usr/bin/python3
"""Checks that every diagnostic code is produced somewhere: it stands in an expected output of a case
under tests/cases/, or a unit test or a test of databases or of whole migrations names it.

    tests/checks/codes_produced.py --root .
"""
import argparse
import re
import sys
from pathlib import Path


def declared(root):
    table = root / "rewriter/source/diagnostic_codes.def"
    return re.findall(r"^DIAGNOSTIC\((\w+),", table.read_text(), re.M)


def produced(root):
    """Codes in expected outputs, as "warning[W201]" or as JSON, in unit tests, as DIAGNOSTIC_W201, and in tests of
    databases and of whole migrations, as "E660"."""
    found = set()
    for file in (root / "tests/cases").glob("*/*.d/expected.*"):
        if file.is_file():
            found |= set(re.findall(r'[\["]([EWN]\d{3})[\]"]', file.read_text(errors="replace")))
    for file in (root / "tests/unit").rglob("*.c"):
        found |= set(re.findall(r'(?:DIAGNOSTIC_|[\["])([EWN]\d{3})\b', file.read_text()))
    for folder in ("data", "manage"):
        for file in (root / "tests" / folder).glob("*.py"):
            found |= set(re.findall(r'"([EWN]\d{3})"', file.read_text()))
    return found


def main():
    parser = argparse.ArgumentParser(description="is every diagnostic code produced by a test?")
    parser.add_argument("--root", type=Path, required=True, help="of the project")
    root = parser.parse_args().root
    found = produced(root)
    missing = [code for code in declared(root) if code not in found]
    for code in missing:
        print(f"{code}: no case under {root / 'tests/cases'} and no unit test produces it")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
