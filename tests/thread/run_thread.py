#!/usr/bin/python3
"""Changes of signatures, many to a file: tests/thread/cases/*.txt.

    tests/thread/run_thread.py --weft build/release/weft                  all of them
    tests/thread/run_thread.py --weft build/release/weft keyword          those of cases/keyword.txt
    tests/thread/run_thread.py --weft build/release/weft --accept keyword writes what weft makes of them

A case is one stretch of such a file:

    ### what it shows
    $ load --parameter 'ctx: int' --value 1
    --- a.py
    def load(key):
        return key
    print(load("k"))
    --- becomes a.py
    def load(key, *, ctx: int):
        return key
    print(load("k", ctx=1))

Instead of `becomes`, `--- refused` has what weft says then, without the lines of code that it shows. Where a
file is not said to become anything it stays as it is.

Whatever the expected text says, three things are tried: each new file compiles; where there is a `main.py` (or only
one file) it runs, and prints what it printed before, unless `--- prints` says what it prints now; and the same command
on the new tree changes nothing, unless it removes or renames.
"""
import argparse
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

CASES = Path(__file__).resolve().parent / "cases"
TIMEOUT = 100  # seconds


class Case:
    def __init__(self, title):
        self.title, self.command, self.files, self.after, self.refused, self.prints = title, "", {}, {}, None, None

    def text(self):
        parts = [f"### {self.title}\n$ {self.command}\n"]
        parts += [f"--- {name}\n{text}" for name, text in self.files.items()]
        parts += [f"--- becomes {name}\n{text}" for name, text in self.after.items()]
        if self.refused is not None:
            parts.append(f"--- refused\n{self.refused}")
        if self.prints is not None:
            parts.append(f"--- prints\n{self.prints}")
        return "".join(parts)


def read_cases(path):
    """The comment at the top of PATH, and its cases."""
    head, cases, part = "", [], None
    for line in path.read_text().splitlines(keepends=True):
        if line.startswith("### "):
            cases.append(Case(line[4:].strip()))
            part = None
        elif not cases:
            head += line
        elif line.startswith("$ "):
            cases[-1].command = line[2:].strip()
        elif line.startswith("--- "):
            part = line[4:].strip()
            put(cases[-1], part, "")
        else:
            put(cases[-1], part, line)
    return head, cases


def put(case, part, line):
    if part == "refused":
        case.refused = (case.refused or "") + line
    elif part == "prints":
        case.prints = (case.prints or "") + line
    elif part.startswith("becomes "):
        name = part[len("becomes "):]
        case.after[name] = case.after.get(name, "") + line
    else:
        case.files[part] = case.files.get(part, "") + line


def run(arguments, folder):
    return subprocess.run(arguments, cwd=folder, text=True, capture_output=True, timeout=TIMEOUT)


def write_files(folder, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def said(stderr):
    """What weft says, without the code that it shows and the places in it."""
    lines = []
    for line in stderr.splitlines():
        if re.match(r" *\d* *\|", line):
            continue
        lines.append(re.sub(r"^(\S+?):\d+:\d+: ", r"\1: ", line) + "\n")
    return "".join(lines)


def output_of(folder, files):
    main = "main.py" if "main.py" in files else next(iter(files)) if len(files) == 1 else None
    if main is None:
        return None
    result = run([sys.executable, main], folder)
    return result.stdout + re.sub(r'File "[^"]*", line \d+', "File", result.stderr)


def try_case(weft, case, accept):
    """What is wrong with CASE, one line each."""
    wrong = []
    with tempfile.TemporaryDirectory(prefix="weft-thread-") as name:
        folder = Path(name)
        write_files(folder, case.files)
        before = output_of(folder, case.files)
        arguments = [weft, "thread", *shlex.split(case.command), "--apply"]
        result = run(arguments, folder)
        if result.returncode < 0 or result.returncode > 9:
            return [f"exit status {result.returncode}: {result.stderr}"]
        after = {name: (folder / name).read_text() for name in case.files}
        changed = {name: text for name, text in after.items() if text != case.files[name]}
        refused = said(result.stderr) if result.returncode != 0 else None
        if accept:
            case.after, case.refused = changed, refused
        if refused is not None and changed:
            wrong.append("it was refused, and something was written")
        if refused != case.refused:
            wrong.append(f"it says\n{refused}instead of\n{case.refused}")
        for name in sorted(set(changed) | set(case.after)):
            if changed.get(name) != case.after.get(name):
                wrong.append(f"{name} becomes\n{changed.get(name)}instead of\n{case.after.get(name)}")
        if refused is None:
            wrong += try_result(folder, case, after, before, arguments)
    return wrong


def try_result(folder, case, after, before, arguments):
    wrong = []
    for name, text in after.items():
        if not name.endswith(".py"):
            continue
        try:
            compile(text, name, "exec")
        except SyntaxError as error:
            wrong.append(f"{name} does not compile: {error}")
    printed = output_of(folder, after)
    expected = case.prints if case.prints is not None else before
    if printed != expected:
        wrong.append(f"it prints\n{printed}instead of\n{expected}")
    if "--remove" not in arguments and "--rename" not in arguments:
        again = run([*arguments[:-1]], folder)
        if again.stdout or again.returncode != 0:
            wrong.append(f"a second run changes something, or is refused:\n{again.stdout}{again.stderr}")
    return wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weft", required=True)
    parser.add_argument("--accept", action="store_true")
    parser.add_argument("kinds", nargs="*")
    options = parser.parse_args()
    weft, count, failed = str(Path(options.weft).resolve()), 0, 0
    for path in sorted(CASES.glob("*.txt")):
        if options.kinds and path.stem not in options.kinds:
            continue
        head, cases = read_cases(path)
        for case in cases:
            count += 1
            wrong = try_case(weft, case, options.accept)
            if wrong:
                failed += 1
                print(f"{path.stem}: {case.title}\n  $ weft thread {case.command}")
                print("".join("    " + line + "\n" for text in wrong for line in text.splitlines()))
        if options.accept:
            path.write_text(head + "".join(case.text() for case in cases))
    print(f"{count} cases, {failed} failed")
    return 1 if failed or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
