#!/usr/bin/python3
"""Checks the reference in docs/rules.md: each key of docs/schema/rules.schema.json stands in the first column of one of
its tables and the reverse, and each row of the table beside ast-grep names tests that there are.

    tests/checks/rules_reference.py --root .
"""
import argparse
import json
import re
import sys
from pathlib import Path


def schema_keys(node):
    """Every name of a property, wherever it is allowed."""
    if isinstance(node, list):
        return set().union(*map(schema_keys, node)) if node else set()
    if not isinstance(node, dict):
        return set()
    own = set(node.get("properties", {})) if isinstance(node.get("properties"), dict) else set()
    return own.union(*map(schema_keys, node.values())) if node else own


def tables(lines):
    """(header, rows) of each table, cells without the outer bars."""
    at = 0
    while at < len(lines):
        if not lines[at].startswith("|"):
            at += 1
            continue
        first = at
        while at < len(lines) and lines[at].startswith("|"):
            at += 1
        cells = [[c.strip() for c in line.strip("|").split(" | ")] for line in lines[first:at]]
        yield cells[0], cells[2:]


def documented_keys(text):
    """Names in backticks in the first column of tables of keys; what a cell shows of other syntax is no name."""
    found = set()
    for header, rows in tables(text.splitlines()):
        if header[0].startswith("key"):
            for row in rows:
                found |= set(re.findall(r"`([a-z_]+)`", row[0]))
                # Small maps are described where they are the value: "`keyed_by`: list of dimensions".
                found |= set(re.findall(r"`([a-z_]+)`: ", row[1]))
    return found


def missing_tests(root, text):
    section = text[text.index("#### beside ast-grep"):]
    section = section[:section.index("\n#", 5)]
    _, rows = next(tables(section.splitlines()))
    for row in rows:
        tests = re.findall(r"`([\w./-]+)`", row[2]) if len(row) > 2 else []
        if not tests and not row[1].startswith("none"):
            yield f"the row {row[0]} names no test"
        for test in tests:
            folder = root / "tests" / test
            if not folder.with_name(folder.name + ".d").is_dir() and not (root / "tests" / test.split("/")[0]).is_dir():
                yield f"the row {row[0]}: there is no test '{test}'"
            if test.startswith("cases/") and not folder.with_name(folder.name + ".d").is_dir():
                yield f"the row {row[0]}: there is no case '{test}'"
    if len(rows) < 10:
        yield "the table beside ast-grep is gone"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", type=Path, required=True)
    root = parser.parse_args().root
    text = (root / "docs/rules.md").read_text()
    reference = text[text.index("## Reference"):]
    schema = json.loads((root / "docs/schema/rules.schema.json").read_text())
    in_schema = schema_keys(schema)
    in_reference = documented_keys(reference)
    wrong = [f"the schema has '{key}', the reference has not" for key in sorted(in_schema - in_reference)]
    wrong += [f"the reference has '{key}', the schema has not" for key in sorted(in_reference - in_schema)]
    wrong += missing_tests(root, text)
    for line in wrong:
        print(f"docs/rules.md: {line}")
    print(f"{len(in_schema)} keys")
    return 1 if wrong or len(in_schema) < 40 else 0


if __name__ == "__main__":
    sys.exit(main())
