#!/usr/bin/python3
"""Runs golden cases of weft: tests/cases/<stage>/<case>.d/ is the case "cases/<stage>/<case>".

    tests/run_cases.py --weft build/release/weft                   all cases
    tests/run_cases.py --weft build/release/weft cases/solve/x     one case
    tests/run_cases.py --weft build/release/weft --accept cases/solve/x

--accept writes what weft printed as the expected files; `git diff` is the review.

What is in a case's folder:

    shows            one sentence: what the case shows
    input/           the tree; weft runs in a temporary copy of it
    before/, after/  instead of input/, two trees; weft runs in the folder that has copies of both
    args             command line of weft, one line; `diff` when there is none. {input} and {rules}
                     stand for the paths
    rules.yml        rule file, copied beside the tree; passed with --pack unless args says how
    rules            instead of it, the name of one in tests/cases/shared/rules, which many cases use
    expected.diff    expected stdout; the name may also be expected.scan, .txt or .json
    expected.stderr  expected stderr; not compared when there is none
    exit             expected exit code, 0 when there is none
    expected/        the tree afterwards, byte for byte

The path of the tree is {input} in outputs, that of the rules {rules}. After a `diff` or `apply` that
ends with 0, two more things must hold: every Python file that parsed before still does, and so does
every new one; and a second `diff` prints nothing.
"""
import argparse
import ast
import difflib
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import below_root

SKIPPED = 77  # see SKIP_RETURN_CODE in cases/CMakeLists.txt
CASES = Path(__file__).resolve().parent / "cases"
STDOUT_NAMES = ("expected.diff", "expected.scan", "expected.txt", "expected.json")
# These print something else than the change, or change nothing.
NO_CHANGE_OPTIONS = ("--stat", "--format", "--dump", "--help", "--dry-run", "-n", "-o")
TIMEOUT = 100  # seconds
DOCUMENTED = range(10)  # exit codes; a signal is none


def rules_of(folder):
    """The rule file of the case in FOLDER: its own, or the one that it shares with others."""
    name = folder / "rules"
    if name.exists():
        return CASES / "shared" / "rules" / (name.read_text().strip() + ".yml")
    return folder / "rules.yml"


def shown_by(folder):
    """The sentence that says what the case in FOLDER shows."""
    return (folder / "shows").read_text().strip() if (folder / "shows").exists() else "it lacks the file 'shows'"


class Failure(Exception):
    pass


class Skipped(Exception):
    """The machine has not what the case needs."""


class Case:
    def __init__(self, folder, work, weft):
        self.folder, self.work, self.weft = folder, work, weft
        said = subprocess.run([weft, "--version"], stdout=subprocess.PIPE, check=True).stdout
        self.version = b'"%s"' % said.split()[1]
        self.input = work / "input"
        self.rules = work / "weft-rules.yml"
        rules = rules_of(folder)
        self.has_rules = rules.exists()
        copy_tree(folder / "input", self.input)
        self.tree = self.input
        if (folder / "after").exists():
            self.tree = work / "trees"
            for name in ("before", "after"):
                if (folder / name).exists():
                    copy_tree(folder / name, self.tree / name)
        if self.has_rules:
            shutil.copyfile(rules, self.rules)
        args = folder / "args"
        self.args = shlex.split(args.read_text()) if args.exists() else ["diff"]
        if self.has_rules and not any("{rules}" in a or "--pack" in a for a in self.args):
            self.args += ["--pack", "{rules}"]

    def run(self, args, tree):
        """Runs weft in TREE; returns exit code, stdout and stderr with paths replaced."""
        filled = [a.replace("{input}", str(tree)).replace("{rules}", str(self.rules)) for a in args]
        done = subprocess.run([self.weft, *filled], cwd=tree, env=environment(self.work),
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=TIMEOUT)

        def neutral(text):
            text = text.replace(os.fsencode(tree), b"{input}")
            return self.without_version(text.replace(os.fsencode(self.rules), b"{rules}"))
        return done.returncode, neutral(done.stdout), neutral(done.stderr)

    def without_version(self, text):
        """TEXT as every version of weft writes it."""
        return text.replace(self.version, b'"{version}"')

    def files(self):
        """As tree_bytes of the tree, without the version."""
        return {path: self.without_version(text) for path, text in tree_bytes(self.input).items()}


def environment(home):
    """The caller's environment without what could change an output."""
    kept = {k: v for k, v in os.environ.items() if k in ("PATH", "WEFT_LIBCLANG", "ASAN_OPTIONS", "UBSAN_OPTIONS",
                                                         "TSAN_OPTIONS", "LSAN_OPTIONS")}
    # No XDG_STATE_HOME, so weft's state is below that home too.
    return {**kept, "HOME": str(home), "LC_ALL": "C.UTF-8", "GIT_CONFIG_NOSYSTEM": "1"}


def copy_tree(source, target):
    if source.exists():
        shutil.copytree(source, target, symlinks=True)
    else:
        target.mkdir()


def tree_bytes(root):
    """Relative path -> bytes (a link: its target) of everything below ROOT but weft's journal."""
    found = {}
    for path in sorted(root.rglob("*")):
        relative = path.relative_to(root)
        if relative.parts[0] == ".weft":
            continue
        if path.is_symlink():
            found[str(relative)] = b"-> " + os.fsencode(os.readlink(path))
        elif path.is_file():
            found[str(relative)] = path.read_bytes()
    return found


def show(text):
    return text.decode("utf-8", "backslashreplace").splitlines(keepends=True)


def compare(what, expected, actual):
    if expected == actual:
        return
    lines = difflib.unified_diff(show(expected), show(actual), "expected " + what, "actual " + what)
    raise Failure("".join(line if line.endswith("\n") else line + "\n\\ no newline at the end\n"
                          for line in lines))


def compare_trees(expected, actual):
    for path in sorted(expected.keys() | actual.keys()):
        if path not in actual:
            raise Failure(f"expected a file '{path}'\n")
        if path not in expected:
            raise Failure(f"did not expect a file '{path}'\n")
        compare(path, expected[path], actual[path])


def parses(data):
    try:
        ast.parse(data)
        return True
    except (SyntaxError, ValueError):
        return False


def check_parses(before, after):
    old, new = tree_bytes(before), tree_bytes(after)
    for path, data in new.items():
        if not path.endswith((".py", ".pyi")) or data == old.get(path) or parses(data):
            continue
        if path not in old or parses(old[path]):
            raise Failure(f"'{path}' does not parse afterwards\n")


def apply_diff(case, diff, tree):
    """A copy of the input with DIFF applied by git."""
    copy_tree(case.folder / "input", tree)
    if not diff:
        return
    done = subprocess.run(["git", "apply", "--whitespace=nowarn", "-"], cwd=tree, input=diff,
                          env=environment(case.work), capture_output=True, timeout=TIMEOUT)
    if done.returncode != 0:
        raise Failure("git apply refuses the diff: " + done.stderr.decode(errors="replace"))


def check_after(case, command, stdout):
    """The properties that hold after every change."""
    if command == "diff":
        after = case.work / "after"
        apply_diff(case, stdout, after)
    else:
        after = case.input
    before = case.work / "before"
    copy_tree(case.folder / "input", before)
    check_parses(before, after)
    again = ["diff" if a == command else a for a in case.args]
    code, out, err = case.run(again, after)
    if code not in DOCUMENTED:
        raise Failure(f"a second run ends with {code}:\n" + "".join(show(out + err)))
    if out:
        raise Failure("a second run still changes something:\n" + "".join(show(out + err)))


def expected_stdout_file(folder, args):
    for name in STDOUT_NAMES:
        if (folder / name).exists():
            return folder / name
    if "json" in args or "--format=json" in args:
        return folder / "expected.json"
    names = {"diff": "expected.diff", "scan": "expected.scan", "plan": "expected.json"}
    return folder / names.get(args[0], "expected.txt")


def accept(case, result):
    code, out, err = result
    folder = case.folder
    expected_stdout_file(folder, case.args).write_bytes(out)
    if (folder / "expected.stderr").exists():
        (folder / "expected.stderr").write_bytes(err)
    if code != 0 or (folder / "exit").exists():
        (folder / "exit").write_text(f"{code}\n")
    if (folder / "expected").exists():
        shutil.rmtree(folder / "expected")
        shutil.copytree(case.input, folder / "expected", symlinks=True,
                        ignore=shutil.ignore_patterns(".weft"))


def check(case, result):
    code, out, err = result
    if b"error[E906]" in err and b"built without" in err:  # with its headers, not to find it is a fault
        raise Skipped("this program was built without libclang")
    folder = case.folder
    wanted = int((folder / "exit").read_text()) if (folder / "exit").exists() else 0
    if code != wanted:
        raise Failure(f"exit code {code} instead of {wanted}; stderr:\n" + "".join(show(err)))
    stdout_file = expected_stdout_file(folder, case.args)
    has_tree = (folder / "expected").exists()
    if stdout_file.exists():
        compare("stdout", stdout_file.read_bytes(), out)
    elif not has_tree:
        raise Failure(f"nothing to compare with: no {stdout_file.name} and no expected/\n")
    if (folder / "expected.stderr").exists():
        compare("stderr", (folder / "expected.stderr").read_bytes(), err)
    if has_tree:
        compare_trees(tree_bytes(folder / "expected"), case.files())


def run_case(folder, weft, accepting):
    with tempfile.TemporaryDirectory(prefix="weft-case-") as work:
        case = Case(folder, Path(work).resolve(), weft)
        raw = case.run(case.args, case.tree)
        if accepting:
            accept(case, raw)
        check(case, raw)
        command = case.args[0]
        changes = command in ("diff", "apply") and raw[0] == 0
        if changes and not any(a.split("=")[0] in NO_CHANGE_OPTIONS for a in case.args):
            check_after(case, command, raw[1])


def run_below(folder, weft, below):
    """The case in a tree that imports do not name whole; False where that says nothing."""
    with tempfile.TemporaryDirectory(prefix="weft-case-") as work:
        case = Case(folder, Path(work).resolve(), weft)
        if not below_root.applies(folder, case.args):
            return False
        below_root.move(case.input, below)
        _, out, _ = case.run(case.args, case.tree)
        compare("diff", below_root.diff_below((folder / "expected.diff").read_bytes(), below), out)
    return True


def folder_of(name):
    name = name.rstrip("/").removesuffix(".d")
    folder = CASES / (name.removeprefix("tests/").removeprefix("cases/") + ".d")
    if not folder.is_dir():
        sys.exit(f"run_cases.py: no case '{name}' ({folder} is not a folder)")
    return folder


def main():
    parser = argparse.ArgumentParser(description="run golden cases of weft")
    parser.add_argument("--weft", required=True, help="the program to test")
    parser.add_argument("--accept", action="store_true", help="rewrite the expected files")
    parser.add_argument("--below", metavar="FOLDER", help="run cases of diff below an import root")
    parser.add_argument("--every", type=int, default=1, help="only each N-th case")
    parser.add_argument("names", nargs="*", help="cases/<stage>/<case>; all when there are none")
    options = parser.parse_args()
    weft = str(Path(options.weft).resolve())
    folders = [folder_of(n) for n in options.names] or sorted(CASES.glob("*/*.d"))
    passed = failed = skipped = 0
    for folder in folders[::options.every]:
        name = "cases/" + str(folder.relative_to(CASES)).removesuffix(".d")
        try:
            if options.below:
                if name.removeprefix("cases/") in below_root.EXCEPTIONS:
                    continue
                if not run_below(folder, weft, options.below):
                    continue
            else:
                run_case(folder, weft, options.accept)
            passed += 1
            print("ok  ", name)
        except Skipped as reason:
            skipped += 1
            print("skip", name + ":", reason)
        except (Failure, subprocess.TimeoutExpired) as failure:
            failed += 1
            print("FAIL", name + ":", shown_by(folder))
            sys.stdout.write("".join("    " + line for line in str(failure).splitlines(True)))
            print()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else SKIPPED if skipped and not passed else 0


if __name__ == "__main__":
    sys.exit(main())
