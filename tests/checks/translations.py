#!/usr/bin/env python3
"""The Chinese pages say what the English ones do: the same headings in order, the same blocks of code with the same
commands, and the same tables by their number of rows. Which pages there are is seen by their names: PAGE.zh-CN.md beside
PAGE.md; glossary.zh-CN.md has no English page. A page that begins with "<!-- Of PAGE.md: HEADING -->" follows that
section alone, by its own section of the same level.

    tests/checks/translations.py --root .
"""
import argparse
import re
import sys
from pathlib import Path

ALONE = {"glossary.zh-CN.md"}
FENCE = re.compile(r"^```(.*)$")


SECTION = re.compile(r"<!-- Of \S+: (.*) -->\n")


def section(text, heading):
    """The lines of TEXT, as many as it has, of which only those of the section count: by its heading, or the first."""
    lines, inside = [], False
    for line in text.splitlines():
        if line.startswith("## "):
            inside = line == f"## {heading}" or heading is None and not any(lines)
        lines.append(line if inside else "")
    return lines


def parts(lines):
    """What has to be the same: headings by level (and by text where it is a code), blocks with their commands, rows."""
    found, block, rows, indented = [], None, 0, False
    for number, line in enumerate([*lines, ""], 1):
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
        part = SECTION.match(page.read_text())
        theirs = english.read_text().splitlines() if not part else section(english.read_text(), part[1])
        ours = page.read_text().splitlines() if not part else section(page.read_text(), None)
        theirs, ours = parts(theirs), parts(ours)
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
