#!/usr/bin/python3
"""Checks that weft matches the patterns of patterns.txt in corpus/ where ast-grep does: expected.txt holds
the places that `ast-grep` 0.51.1 gave. After a change to the corpus or the patterns, freeze them again:

    tests/compare/frozen.py --freeze /tmp/ast-grep/node_modules/.bin/ast-grep
"""
import argparse
import difflib
import sys
from pathlib import Path

from compare_ast_grep import PATTERNS, by_ast_grep, by_weft, patterns

HERE = Path(__file__).parent


def listing(search, program):
    """The places of every pattern as text, one a line."""
    lines = []
    for pattern in patterns(PATTERNS):
        rows, _ = search(program, pattern, HERE / "corpus")
        lines.append(pattern)
        lines += [f"    {r[0]}:{r[1]}:{r[2]} to {r[3]}:{r[4]}" for r in sorted(rows)]
    return lines


def main():
    parser = argparse.ArgumentParser(description="compare weft with frozen matches of ast-grep")
    parser.add_argument("--weft", type=Path)
    parser.add_argument("--freeze", metavar="AST_GREP")
    options = parser.parse_args()
    expected = HERE / "expected.txt"
    if options.freeze:
        expected.write_text("\n".join(listing(by_ast_grep, options.freeze)) + "\n")
        return 0
    found = listing(by_weft, options.weft.resolve())
    wanted = expected.read_text().splitlines()
    for line in difflib.unified_diff(wanted, found, "ast-grep", "weft", lineterm=""):
        print(line)
    return 1 if found != wanted else 0


if __name__ == "__main__":
    sys.exit(main())
