#!/usr/bin/python3
"""Carries out what a document shows: its files are written, its commands run, its outputs compared.

    tests/docs/run_docs.py --weft build/release/weft docs/rules.md
    tests/docs/run_docs.py --weft build/release/weft --accept docs/rules.md

A document is one session in an empty folder. What counts in it are fenced blocks:

    ```yaml rules/greeter/greeter.yml      the file is written; with a + at the end it grows
    ```console                             each line "$ COMMAND" runs in a shell; what follows is what it prints,
                                           standard output first

A page in Chinese (.zh-CN.md) shows what commands print in Chinese. A line "..." in an output stands for any lines. Times, digests and amounts of memory may be others, the folder of the session is
/home/bot, and $WEFT_SOURCE the root of the project. A command that shall fail says so by what it prints. Other blocks are
text. --accept writes what commands print into the document, but leaves outputs with "..." to a person.
"""
import argparse
import difflib
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import state_folder

PROJECT = Path(__file__).resolve().parents[2]
HOME = "/home/bot"
# What is another one each time.
VOLATILE = [(re.compile(pattern), word) for pattern, word in (
    (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ by \S+", "TIME by USER"), (r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?", "TIME"),
    (r"\b\d{8}T\d{6}Z", "TIME"), (r"\b[0-9a-f]{12,64}\b", "DIGITS"), (r"\b\d+ MiB", "SIZE"), (r"\b\d+ s to \d+ s", "RANGE"),
    (r"(python3 is|sqlite) [\d.]+", "VERSION"), (r"\d+ files change; .* bridged|\d+ files change", "CHANGES"),
    (r"^weft: \d+ sites? refused, .*;", "COUNTS;"), (r"TIME，执行者 \S+", "TIME by USER"),
    (r"\b\d+ 秒到 \d+ 秒", "RANGE"), (r"\d+ 个文件会改动", "CHANGES"), (r"^weft：\d+ 处访问被拒绝，.*；", "COUNTS;"))]
FENCE = re.compile(r"^```(\S*) ?(.*)$")
TIMEOUT = 60  # seconds for one command
MOST_SHOWN = 60  # lines of a difference


def blocks(lines):
    """(language, rest of the opening line, first line, end) of each fenced block; the lines are [first, end)."""
    at = 0
    while at < len(lines):
        opening = FENCE.match(lines[at])
        at += 1
        if not opening:
            continue
        first = at
        while lines[at] != "```":
            at += 1
        yield opening[1], opening[2].strip(), first, at
        at += 1


def steady(lines):
    """The lines without what is another one each time."""
    for pattern, word in VOLATILE:
        lines = [pattern.sub(word, line) for line in lines]
    return lines


def matches(expected, actual):
    """Are the lines the same, with any lines for each "..."?"""
    if not expected:
        return not actual
    if expected[0] == "...":
        return any(matches(expected[1:], actual[i:]) for i in range(len(actual) + 1))
    return bool(actual) and expected[0] == actual[0] and matches(expected[1:], actual[1:])


class Session:
    def __init__(self, folder, weft, language):
        self.folder = folder
        path = f"{Path(weft).resolve().parent}:{Path(sys.executable).parent}:{os.environ['PATH']}"
        self.environment = {"PATH": path, "HOME": str(folder), "WEFT_SOURCE": str(PROJECT),
                            "LC_ALL": "C.UTF-8", "LANGUAGE": language, "NO_COLOR": "1", "PYTHONDONTWRITEBYTECODE": "1",
                            "GIT_CONFIG_NOSYSTEM": "1", "XDG_STATE_HOME": state_folder.STATE,
                            **{k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}}

    def write(self, name, text):
        grows = name.endswith("+")
        path = self.folder / name.rstrip("+ ")
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "a" if grows else "w") as file:
            file.write(text)

    def run(self, command):
        done = subprocess.run(["sh", "-c", command], cwd=self.folder, env=self.environment, timeout=TIMEOUT,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True)
        text = (done.stdout + done.stderr).replace(state_folder.STATE, f"{HOME}/.local/state")
        return text.replace(str(self.folder), HOME).splitlines()


def commands(lines, first, end):
    """(command, first line of its output, end of its output) of a console block."""
    starts = [i for i in range(first, end) if lines[i].startswith("$ ")]
    for start, following in zip(starts, starts[1:] + [end]):
        yield lines[start][2:], start + 1, following


def carry_out(document, session):
    """Replacements (first, end, lines) for outputs that are not as the document says."""
    lines = document.read_text().splitlines()
    wrong, count = [], 0
    for language, name, first, end in blocks(lines):
        if language == "console":
            for command, start, stop in commands(lines, first, end):
                count += 1
                shown = session.run(command)
                if not matches(steady(lines[start:stop]), steady(shown)):
                    wrong.append((start, stop, shown, command))
        elif name:
            count += 1
            session.write(name, "".join(line + "\n" for line in lines[first:end]))
    return lines, wrong, count


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weft", required=True)
    parser.add_argument("--accept", action="store_true")
    parser.add_argument("documents", nargs="+", type=Path)
    options = parser.parse_args()
    bad = False
    for document in options.documents:
        with tempfile.TemporaryDirectory() as folder:
            language = "zh_CN" if document.name.endswith(".zh-CN.md") else "en"
            lines, wrong, count = carry_out(document, Session(Path(folder), options.weft, language))
        if count == 0:
            print(f"{document}: has no file and no command")
            bad = True
        for first, end, shown, command in reversed(wrong):
            if options.accept and "..." not in lines[first:end]:
                lines[first:end] = shown
                continue
            bad = True
            print(f"{document}:{first}: `{command}` prints something else:")
            lines_shown = list(difflib.unified_diff(lines[first:end], shown, "the document", "weft", lineterm=""))
            print("\n".join(lines_shown[:MOST_SHOWN]))
        if options.accept:
            document.write_text("\n".join(lines) + "\n")
        print(f"{document}: {count} files and commands, {len(wrong)} not as shown")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
