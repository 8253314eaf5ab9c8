#!/usr/bin/env python3
"""The Chinese pages say what the English ones do: the same headings in order, the same blocks of code with the same
commands, and the same tables by their number of rows. Which pages there are is seen by their names: PAGE.zh-CN.md beside
PAGE.md; glossary.zh-CN.md has no English page.

    tests/checks/translations.py --root .
"""
import argparse
import re
import sys
from pathlib import Path

ALONE = {"glossary.zh-CN.md"}
FENCE = re.compile(r"^```(.*)$")


def parts(path):
    """What has to be the same: headings by level (and by text where it is a code), blocks with their commands, rows."""
    found, block, rows, indented = [], None, 0, False
    for number, line in enumerate(path.read_text().splitlines() + [""], 1):
        fence = FENCE.match(line)
        if block is not None:
            if fence:
                found.append((number, "block", *block))
                block = None
            elif line.startswith("$ "):
                block.append(line)
            continue
        if rows and not line.startswith("|"):
            found.append((number, f"table of {rows} rows"))
            rows = 0
        if fence:
            block = [fence.group(1)]
        elif line.startswith("|"):
            rows += 1
        elif re.match(r"#+ ", line):
            level, text = line.split(" ", 1)
            found.append((number, level, text if re.match(r"[EWN]\d{3}$", text) else ""))
        is_indented = line.startswith("    ")
        if is_indented and not indented:
            found.append((number, "lines of code"))
        indented = is_indented or indented and not line
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parents[2])
    root = parser.parse_args().root
    pages = sorted([*root.glob("*.zh-CN.md"), *root.glob("docs/**/*.zh-CN.md")])
    faults = 0
    for page in pages:
        if page.name in ALONE:
            continue
        english = page.with_name(page.name.replace(".zh-CN", ""))
        if not english.exists():
            print(f"{page}: there is no {english.name}")
            faults += 1
            continue
        theirs, ours = parts(english), parts(page)
        for one, other in zip(theirs + [(0, "the end")], ours + [(0, "the end")]):
            if one[1:] != other[1:]:
                print(f"{page}:{other[0]}: {other[1:]}, where {english.name}:{one[0]} has {one[1:]}")
                faults += 1
                break
            if one[1] == "the end":
                break
    print(f"{len(pages)} pages in Chinese")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
