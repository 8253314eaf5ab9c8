#!/usr/bin/env python3
"""`weft apply -i` on a terminal: a pseudo-terminal types answers and reads what is shown.

usage: run_interactive.py --weft PROGRAM --case FOLDER --rules FILE [--tree FOLDER]...

The case has input/, for the rules: two accesses of different kinds in one file, one alone in another,
one singleton in a third. Each function below `dialogues` is one dialogue on a copy of its own.
A tree is a whole program with rules of its own; whatever is answered there, the dialogue ends.
"""
import argparse
import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import state_folder

PROMPT = b"? "
PATIENCE = 60  # seconds for one answer


class Failure(Exception):
    pass


def expect(condition, what, text=""):
    if not condition:
        raise Failure(f"{what}{': ' if text else ''}{text}")


def contents(tree):
    return {str(path.relative_to(tree)): path.read_bytes() for path in sorted(tree.rglob("*"))
            if path.is_file() and ".weft" not in path.parts}


class Scene:
    def __init__(self, weft, case, rules, scratch):
        self.weft, self.case, self.rules, self.scratch, self.number = weft, case, rules, scratch, 0
        self.old = contents(case / "input")
        self.new = self.result()
        self.config = self.result("--types", "config_system")  # without the singleton

    def copy(self):
        self.number += 1
        tree = self.scratch / f"tree{self.number}"
        shutil.copytree(self.case / "input", tree)
        return tree

    def result(self, *options):
        tree = self.copy()
        subprocess.run([self.weft, "apply", "-q", "--no-fsync", "--pack", self.rules, *options],
                       cwd=tree, check=True, capture_output=True, timeout=PATIENCE)
        return contents(tree)

    def talk(self, *answers, editor="false", status=0, options=()):
        """Gives ANSWERS one by one; returns the tree afterwards and all that was shown."""
        tree = self.copy()
        dialogue = Dialogue([self.weft, "apply", "-i", "--no-fsync", "--pack", self.rules, *options],
                            tree, editor)
        for answer in answers:
            dialogue.read_to_prompt()
            dialogue.type(answer)
        shown, code = dialogue.end()
        expect(code == status, f"exit code {code} instead of {status}", shown)
        return contents(tree), shown


class Dialogue:
    def __init__(self, command, tree, editor):
        self.shown = b""
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.chdir(tree)
            os.execve(command[0], [str(word) for word in command],
                      {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TERM": "dumb", "EDITOR": editor,
                       "XDG_STATE_HOME": state_folder.STATE})

    def read_some(self):
        ready, _, _ = select.select([self.terminal], [], [], PATIENCE)
        expect(ready, "no answer for a long time", self.text())
        try:
            part = os.read(self.terminal, 65536)
        except OSError:  # the other side is closed
            part = b""
        self.shown += part
        return len(part) > 0

    def text(self):
        return self.shown.decode(errors="replace").replace("\r\n", "\n")

    def read_to_prompt(self):
        while not self.shown.endswith(PROMPT):
            expect(self.read_some(), "it ended without a question", self.text())

    def read_to_prompt_or_end(self):
        self.shown = b""
        while not self.shown.endswith(PROMPT):
            if not self.read_some():
                return False
        return True

    def type(self, answer):
        self.shown += b"\n"  # so that the prompt is not seen twice
        os.write(self.terminal, answer.encode())

    def end(self):
        while self.read_some():
            pass
        _, state = os.waitpid(self.process, 0)
        os.close(self.terminal)
        return self.text(), os.waitstatus_to_exitcode(state)


# ---- dialogues -----------------------------------------------------------------------------------

def everything(scene):
    tree, shown = scene.talk("y\n", "y\n", "y\n")
    expect(tree == scene.new, "taking all hunks is not one apply", shown)
    expect("why: " in shown and "for: 'settings' (app/bot.py:6) and 1 more access\n" in shown,
           "the reasons are not shown", shown)


def nothing(scene):
    for answers in (["n\n", "n\n"], ["q\n"], ["\x04"], ["y\n", "\x04"]):
        tree, shown = scene.talk(*answers)
        expect(tree == scene.old, f"something was written after {answers}", shown)


def interrupted(scene):
    tree, shown = scene.talk("y\n", "\x03", status=-signal.SIGINT)
    expect(tree == scene.old, "something was written after Ctrl-C", shown)


def others_fall(scene):
    tree, shown = scene.talk("y\n", "n\n", "y\n")
    expect(tree == scene.config, "what needs the refused hunk is still there", shown)
    expect("3 more edits in 1 file cannot be without it and are refused, too; 3 of them had been taken:\n"
           "  app/bot.py: 3\n" in shown, "what falls is not counted", shown)


def the_rest_is_refused(scene):
    tree, shown = scene.talk("n\n", "y\n")
    expect(tree["app/web.py"] == scene.new["app/web.py"] and tree["app/bot.py"] == scene.old["app/bot.py"],
           "only the second file should change", shown)
    tree, shown = scene.talk("s\n", "y\n", "y\n", "q\n")
    expect(tree == scene.old, "a parameter without its calls was written", shown)


def by_file(scene):
    tree, shown = scene.talk("s\n", "a\n", "d\n", "a\n")
    expect(tree == scene.config, "a and d do not count for the rest of a file", shown)


def splitting(scene):
    _, shown = scene.talk("s\n", "q\n")
    expect("(1/3) take this hunk [y,n,a,d,s,e,q,/,?]? " in shown, "splitting is not offered", shown)
    expect("(1/6) take this hunk [y,n,a,d,e,q,/,?]? " in shown, "the hunk is not split", shown)


def searching(scene):
    _, shown = scene.talk("/Store\n", "/no such text\n", "/(\n", "q\n")
    expect("(2/3) take" in shown and "no open hunk matches" in shown and "no regular expression" in shown,
           "searching does not work", shown)
    _, shown = scene.talk("/\n", "web\n", "q\n")
    expect("search for which expression?" in shown, "the expression is not asked for", shown)


def help_is_shown(scene):
    _, shown = scene.talk("?\n", "what\n", "q\n")
    expect(shown.count("y - take this hunk\n") == 2, "no help", shown)


def editing(scene):
    tree, shown = scene.talk("y\n", "y\n", "e\n", editor="sed -i 's/raw)$/raw)  # by hand/'")
    wanted = scene.new["app/web.py"].replace(b"context_from_message(raw)\n", b"context_from_message(raw)  # by hand\n")
    expect(tree["app/web.py"] == wanted and wanted != scene.new["app/web.py"], "the edited lines are not written",
           shown)
    expect({**tree, "app/web.py": b""} == {**scene.new, "app/web.py": b""}, "other files differ", shown)


def wrong_edits(scene):
    tree, shown = scene.talk("y\n", "y\n", "e\n", "n\n", "y\n", editor="sed -i 's/return/return ((/'")
    expect("E501" in shown and tree == scene.new, "a syntax error is taken", shown)
    tree, shown = scene.talk("e\n", "n\n", "q\n", editor="sed -i 's/isolation_context=isolation_context//'")
    expect("weft: error[" in shown and "title" in shown and tree == scene.old, "a call without its argument is taken", shown)
    tree, shown = scene.talk("e\n", "q\n")
    expect("nothing was edited" in shown and tree == scene.old, "a failing editor is not noticed", shown)


def an_edit_is_forgotten_when_its_hunk_changes(scene):
    tree, shown = scene.talk("e\n", "n\n", "y\n", "y\n", "y\n", editor="sed -i 's/(raw)$/(raw)  # by hand/'")
    expect(tree == scene.config, "the edit of a hunk that changed is kept", shown)


def dirty_files_are_refused_before_the_questions(scene):
    tree = scene.copy()
    for command in (["init", "-q"], ["add", "-A"], ["-c", "user.name=t", "-c", "user.email=t@t", "commit", "-qm", "t"]):
        subprocess.run(["git", *command], cwd=tree, check=True, capture_output=True, timeout=PATIENCE)
    with open(tree / "app/web.py", "a", encoding="utf-8") as file:
        file.write("# changed\n")
    done = subprocess.run([scene.weft, "apply", "-i", "--pack", scene.rules], cwd=tree,
                          stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE)
    expect(done.returncode == 5 and b"E604" in done.stderr and b"take this" not in done.stdout,
           "a dirty file is not refused", done.stderr.decode())


# ---- whole programs --------------------------------------------------------------------------------

def any_answers_end(weft, tree):
    """No hunk comes back after it was refused, and what is left when the answers end can be written."""
    for answers in ("n", "q", "yn", "yyd", "yyyyyyq", "yyyyyyyyyyyyn"):
        dialogue = Dialogue([weft, "apply", "-i", "--dry-run", "-C", tree], tree, "false")
        count, longest, refused = 0, 0.0, set()
        while True:
            asked = time.time()
            if not dialogue.read_to_prompt_or_end():
                break
            longest = max(longest, time.time() - asked) if count else 0.0
            hunk = dialogue.shown.rpartition(b"diff --git")[2].rpartition(b"\r\n(")[0]
            expect(hunk not in refused, f"a hunk comes back after {count} answers of {answers}", hunk.decode())
            answer = answers[count % len(answers)]
            if answer == "n":
                refused.add(hunk)
            dialogue.type(answer + "\n")
            count += 1
        shown, code = dialogue.end()
        expect(code == 0, f"exit code {code} after {count} answers of {answers}", shown[-2000:])
        print(f"ok   {count} answers of {answers} on {tree.name}, the slowest {longest * 1000:.0f} ms")


def main():
    parser = argparse.ArgumentParser(description="weft apply -i on a terminal")
    parser.add_argument("--weft", required=True, type=Path)
    parser.add_argument("--case", required=True, type=Path)
    parser.add_argument("--rules", required=True, type=Path)
    parser.add_argument("--tree", default=[], type=Path, action="append")
    options = parser.parse_args()
    dialogues = [value for value in globals().values()
                 if callable(value) and getattr(value, "__code__", None) and value.__code__.co_varnames[:1] == ("scene",)]
    failed, started = 0, time.time()
    with tempfile.TemporaryDirectory(prefix="weft-interactive-") as scratch:
        scene = Scene(options.weft.resolve(), options.case.resolve(), options.rules.resolve(), Path(scratch))
        for dialogue in dialogues:
            try:
                dialogue(scene)
                print("ok  ", dialogue.__name__)
            except Failure as failure:
                failed += 1
                print("FAIL", dialogue.__name__, failure)
    for tree in options.tree:
        try:
            any_answers_end(options.weft.resolve(), tree.resolve())
        except Failure as failure:
            failed += 1
            print("FAIL", tree, failure)
    print(f"{len(dialogues) - failed} passed, {failed} failed, {time.time() - started:.1f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
