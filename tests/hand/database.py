#!/usr/bin/env python3
"""What make would run, as a compile database.

usage: make -nB V=1 | database.py [--add FLAG]... FOLDER > compile_commands.json

FOLDER is where make began. Lines that enter a folder (`make[1]: Entering directory`), and `cd FOLDER && make`, are followed.
"""
import json
import os
import re
import shlex
import sys

COMPILERS = {"cc", "gcc", "clang", "c99"}


def commands(line):
    """The words of each simple command of LINE that the shell would run."""
    for part in re.split(r"\s*(?:;|&&|\|\|)\s*", line.strip().rstrip("\\")):
        try:
            yield shlex.split(part)
        except ValueError:
            pass


def unit(words, folder):
    """The entry of a compile database for WORDS, or nothing where they compile no source."""
    while words and os.path.basename(words[0]) == "ccache":
        words = words[1:]
    if not words or os.path.basename(words[0]) not in COMPILERS or "-c" not in words:
        return None
    kept, skipped = [], False
    for word in words:
        if skipped or word in ("-MMD", "-MD", "-MP") or re.match(r"-M[FQT].", word):
            skipped = False
        elif word in ("-MF", "-MQ", "-MT"):
            skipped = True
        else:
            kept.append(word)
    sources = [word for word in kept if word.endswith(".c") and not word.startswith("-")]
    if len(sources) != 1:
        return None
    return {"directory": folder, "file": sources[0], "arguments": kept}


def database(lines, folder, added):
    """All units of LINES, the first of each source."""
    folders, units, seen = [folder], [], set()
    for line in lines:
        entered = re.match(r"\S*make(?:\[\d+\])?: (Entering|Leaving) directory '(.*)'", line)
        if entered:
            folders = folders + [entered[2]] if entered[1] == "Entering" else folders[:-1] or [folder]
            continue
        for words in commands(line):
            entry = unit(words, folders[-1])
            if entry and (source := os.path.join(entry["directory"], entry["file"])) not in seen:
                seen.add(source)
                entry["arguments"][1:1] = added
                units.append(entry)
    return units


def main():
    arguments, added = sys.argv[1:], []
    while arguments and arguments[0] == "--add":
        added.append(arguments[1])
        arguments = arguments[2:]
    if len(arguments) != 1:
        sys.exit(__doc__.split("\n\n")[1])
    json.dump(database(sys.stdin, os.path.abspath(arguments[0]), added), sys.stdout, indent=1)


if __name__ == "__main__":
    main()
