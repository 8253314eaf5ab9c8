#!/usr/bin/python3
"""What happens around an apply: a second weft, an editor, signals, git, other users, a terminal.

    tests/crash/run_scenarios.py --weft build/release/weft --fault build/release/bin/libweft_fault.so \\
        --fixture fixtures/maibot [NAME...]

Each function below `scenarios` is one scenario on trees of its own; all run when none is named.
"""
import argparse
import json
import os
import pty
import signal
import subprocess
import sys
import time

import trees
from trees import DONE, INTERRUPTED, NOBODY, ROLLED_BACK, STALE, Failure, weft

FILES = 20


def expect(condition, what, text=""):
    if not condition:
        raise Failure(f"{what}{': ' if text else ''}{text}")


class Scene:
    """A tree with a plan, before (old) and as it is to be (new)."""

    def __init__(self, options, scratch):
        self.program, self.shim = os.path.abspath(options.weft), os.path.abspath(options.fault)
        self.fixture, self.scratch = os.path.abspath(options.fixture), scratch
        self.tree = os.path.join(scratch, "tree")
        os.mkdir(self.tree)
        self.document, self.new = trees.made_tree(self.tree, FILES)
        self.old = trees.snapshot(self.tree)
        self.plan = os.path.join(scratch, "plan.json")
        with open(self.plan, "w", encoding="utf-8") as file:
            json.dump(self.document, file)
        self.apply = ["apply", "--plan", self.plan]
        self.changed = sorted(f["path"] for f in self.document["files"] if f["action"] == "change")

    def weft(self, *args, **how):
        return weft(self.program, self.tree, *args, **how)

    def log(self):
        """The changes that an apply makes, on a copy."""
        copy, log = os.path.join(self.scratch, "copy"), os.path.join(self.scratch, "log")
        trees.shutil.rmtree(copy, ignore_errors=True)
        if os.path.exists(log):
            os.remove(log)
        trees.copy_tree(self.tree, copy)
        weft(self.program, copy, *self.apply, shim=self.shim, log=log)
        with open(log, encoding="utf-8") as file:
            return [line.split() for line in file]

    def start(self, point):
        """An apply that stops before change POINT."""
        environment = {"PATH": os.environ["PATH"], "LD_PRELOAD": self.shim, "LC_ALL": "C.UTF-8",
                       "XDG_STATE_HOME": trees.STATE,
                       "FAULT_KIND": "stop", "FAULT_POINT": str(point)}
        process = subprocess.Popen([self.program, *self.apply], cwd=self.tree, env=environment,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.STDOUT)
        _, state = os.waitpid(process.pid, os.WUNTRACED)
        expect(os.WIFSTOPPED(state), "the apply does not stop")
        return process

    @staticmethod
    def go_on(process):
        process.send_signal(signal.SIGCONT)
        text, _ = process.communicate(timeout=trees.TIMEOUT)
        return process.returncode, text.decode()


def first_rename(log):
    return next(int(n) for n, call, *names in log if call == "rename" and "/.weft/" not in names[0])


# ---- scenarios -----------------------------------------------------------------------------------

def two_processes(scene):
    process = scene.start(first_rename(scene.log()) + 3)
    code, text = scene.weft("rollback")
    expect(code == ROLLED_BACK and "E605" in text, "a second weft is not refused", text)
    expect(f"process {process.pid} on " in text and "weft apply --plan" in text,
           "the message does not say who holds the lock", text)
    code, text = scene.weft("status")
    expect(code == DONE and f"at work: process {process.pid}" in text and "running" in text,
           "status does not say who is at work", text)
    code, text = scene.go_on(process)
    expect(code == DONE, "the first weft does not finish", text)
    trees.expect_tree(scene.new, scene.tree, "the first weft")


def an_editor_before_apply(scene):
    with open(os.path.join(scene.tree, scene.changed[3]), "ab") as file:
        file.write(b"# edited\n")
    edited = trees.snapshot(scene.tree)
    code, text = scene.weft(*scene.apply)
    expect(code == STALE and scene.changed[3] in text, "a changed file is not found", text)
    trees.expect_tree(edited, scene.tree, "stale")
    expect(not os.path.exists(os.path.join(scene.tree, ".weft")), "a stale plan leaves a folder")


def an_editor_during_apply(scene):
    """A file is saved after weft has looked at it, before and after others are replaced."""
    for distance in (-5, 0, 9):
        point = first_rename(scene.log()) + distance
        process = scene.start(point)
        last = os.path.join(scene.tree, scene.changed[-1])
        with open(last, "wb") as file:
            file.write(b"edited\n")
        expected = dict(scene.old)
        expected[scene.changed[-1]] = (scene.old[scene.changed[-1]][0], b"edited\n")
        code, text = scene.go_on(process)
        expect(code == ROLLED_BACK and "E602" in text, "the change is not seen", f"{code} {text}")
        trees.expect_tree(expected, scene.tree, f"edited at {point}")
        with open(last, "wb") as file:
            file.write(scene.old[scene.changed[-1]][1])


def signals(scene):
    """At every tenth change: nothing is written yet, or the run can be finished."""
    points = len(scene.log())
    interrupted = 0
    for number, point in enumerate(range(1, points, 10)):
        kind = ("sigint", "sigterm")[number % 2]
        code, text = scene.weft(*scene.apply, fault=(point, kind), shim=scene.shim)
        what = f"{kind} at {point}"
        if code == INTERRUPTED:
            interrupted += 1
            expect("weft resume" in text and "weft rollback" in text, f"{what}: no way on", text)
            command = ("resume", "rollback")[number // 2 % 2]
            code, text = scene.weft(command)
            expect(code == DONE, f"{what}: {command} fails", text)
            trees.expect_tree(scene.new if command == "resume" else scene.old, scene.tree, what)
        elif code not in (DONE, -signal.SIGINT, -signal.SIGTERM):
            raise Failure(f"{what}: exit code {code}: {text}")
        if trees.snapshot(scene.tree) != scene.old:
            trees.expect_tree(scene.new, scene.tree, what)
            code, text = scene.weft("rollback")
            expect(code == DONE, f"{what}: rollback fails", text)
        trees.expect_tree(scene.old, scene.tree, what)
    expect(interrupted > points / 20, f"only {interrupted} of {points // 10} signals interrupt")


def git(tree, *args):
    environment = {"PATH": os.environ["PATH"], "HOME": tree, "GIT_CONFIG_NOSYSTEM": "1"}
    author = ["-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "core.autocrlf=false"]
    return subprocess.run(["git", *author, *args], cwd=tree, env=environment, check=True,
                          capture_output=True).stdout.decode()


def git_sees_nothing_afterwards(scene):
    tree = os.path.join(scene.scratch, "bot")
    ignored = trees.shutil.ignore_patterns("__pycache__", ".pytest_cache", "*.pyc")
    trees.shutil.copytree(scene.fixture, tree, ignore=ignored)
    for args in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "x")):
        git(tree, *args)
    before = trees.snapshot(tree)
    code, text = weft(scene.program, tree, "apply")
    expect(code == DONE, "apply fails", text)
    expect(".weft" not in git(tree, "status", "--porcelain"), "git sees .weft")
    code, text = weft(scene.program, tree, "rollback")
    expect(code == DONE, "rollback fails", text)
    expect(git(tree, "status", "--porcelain") == "", "git status is not clean")
    after = trees.snapshot(tree)
    for found in (before, after):
        for path in [p for p in found if p == ".git" or p.startswith(".git/")]:
            del found[path]
    expect(after == before, "rollback does not restore the tree")


def uncommitted_changes(scene):
    for args in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "x")):
        git(scene.tree, *args)
    git(scene.tree, "rm", "-q", "--cached", scene.changed[0])
    code, text = scene.weft(*scene.apply)
    expect(code == ROLLED_BACK and "E604" in text and scene.changed[0] in text,
           "a file that git does not know is written", text)
    expect(text.count("E604") == 1, "committed files are refused too", text)
    code, text = scene.weft(*scene.apply, "--allow-dirty")
    expect(code == DONE, "--allow-dirty is refused", text)


def another_user(scene):
    """Files and folders that cannot be written are found before the first write."""
    if os.geteuid() != 0:
        print("another_user: skipped, since only root can run weft as another user")
        return
    os.chmod(scene.scratch, 0o755)
    program = trees.program_for(NOBODY, scene.program, scene.scratch)
    for folder, _, files in os.walk(scene.tree):
        os.chown(folder, NOBODY, NOBODY)
        for name in files:
            os.chown(os.path.join(folder, name), NOBODY, NOBODY)
    os.chown(os.path.join(scene.tree, scene.changed[0]), 0, 0)
    os.chmod(os.path.join(scene.tree, scene.changed[1]), 0o444)
    os.chmod(os.path.join(scene.tree, os.path.dirname(scene.changed[-1])), 0o555)
    before = trees.snapshot(scene.tree)
    state = os.path.join(scene.scratch, "state")
    os.mkdir(state)
    os.chown(state, NOBODY, NOBODY)
    done = subprocess.run([program, *scene.apply], cwd=scene.tree, capture_output=True,
                          env={"PATH": os.environ["PATH"], "XDG_STATE_HOME": state},
                          user=NOBODY, group=NOBODY, extra_groups=[], check=False)
    text = done.stderr.decode()
    expect(done.returncode == ROLLED_BACK, f"exit code {done.returncode}", text)
    expect(f"'{scene.changed[0]}' cannot be" in text, "another owner is not seen", text)
    expect(f"'{scene.changed[1]}' cannot be written: Permission denied" in text,
           "a read-only file is not seen", text)
    expect(f"'{scene.changed[-1]}' cannot be written: Permission denied" in text,
           "a read-only folder is not seen", text)
    trees.expect_tree(before, scene.tree, "refused")


def a_vanished_folder(scene):
    folder = os.path.dirname(scene.changed[-1])
    trees.shutil.rmtree(os.path.join(scene.tree, folder))
    before = trees.snapshot(scene.tree)
    code, text = scene.weft(*scene.apply)
    expect(code == STALE and "it is gone" in text, "a vanished folder is not seen", text)
    trees.expect_tree(before, scene.tree, "stale")


def a_full_disk(scene):
    code, text = scene.weft(*scene.apply, shim=scene.shim, free=2)
    expect(code == ROLLED_BACK and "has no room for the plan" in text, "a full disk is not seen", f"{code} {text}")
    trees.expect_tree(scene.old, scene.tree, "full")
    code, text = scene.weft(*scene.apply, shim=scene.shim, free=100000)
    expect(code == DONE, "the plan is refused where there is room", text)
    trees.expect_tree(scene.new, scene.tree, "not full")


def a_run_that_cannot_be_unmade(scene):
    """The disk fails for good just when the journal is there: the run exists, and the exit code says so."""
    renamed = next(int(n) for n, call, *names in scene.log() if call == "rename" and names[0].endswith("/journal.new"))
    code, text = scene.weft(*scene.apply, shim=scene.shim, fault=(renamed + 1, "enospc-on"))
    expect(code == INTERRUPTED and "weft resume" in text, "the run is not told of", f"{code} {text}")
    code, text = scene.weft("resume")
    expect(code == DONE, "resume fails", text)
    trees.expect_tree(scene.new, scene.tree, "resumed")


def a_rollback_that_cannot_be_recorded(scene):
    """The journal is written, but does not get to the disk: nothing is taken back, and the run stays applied."""
    code, text = scene.weft(*scene.apply)
    expect(code == DONE, "apply fails", text)
    copy, log = os.path.join(scene.scratch, "copy"), os.path.join(scene.scratch, "log")
    trees.copy_tree(scene.tree, copy)
    weft(scene.program, copy, "rollback", shim=scene.shim, log=log)
    with open(log, encoding="utf-8") as file:
        synced = next(int(n) for n, call, *names in map(str.split, file)
                      if call == "sync" and names[0].endswith("/journal"))
    for kind in ("eio", "enospc-on"):
        code, text = scene.weft("rollback", shim=scene.shim, fault=(synced, kind))
        unfinished = [run for run in trees.status(scene.program, scene.tree) if not run["finished"]]
        expect(code == (INTERRUPTED if unfinished else ROLLED_BACK), f"{kind}: exit code {code}", text)
        expect(kind != "eio" or not unfinished, "a record that failed is still there", text)
        trees.expect_tree(scene.new, scene.tree, kind)
    code, text = scene.weft("rollback")
    expect(code == DONE, "rollback fails afterwards", text)
    trees.expect_tree(scene.old, scene.tree, "taken back")


def a_backup(scene):
    backup = os.path.join(scene.scratch, "backup")
    code, text = scene.weft(*scene.apply, "--backup", os.path.join(scene.tree, "backup"))
    expect(code == ROLLED_BACK and "part of the tree" in text, "a backup in the tree", text)
    code, text = scene.weft(*scene.apply, "--backup", backup)
    expect(code == DONE, "apply fails", text)
    saved = {p: content for p, content in trees.snapshot(backup).items() if content}
    expect(saved == {p: scene.old[p] for p in scene.changed}, "the backup is not the old files")
    scene.weft("rollback")
    code, text = scene.weft(*scene.apply, "--backup", backup)
    expect(code == ROLLED_BACK and "already there" in text, "a backup is written over", text)
    trees.expect_tree(scene.old, scene.tree, "refused")


def pruning(scene):
    for _ in range(2):
        scene.weft(*scene.apply)
        scene.weft("rollback")
    scene.weft(*scene.apply)
    objects = os.path.join(scene.tree, ".weft/objects")
    expect(os.listdir(objects) == ["000001"], "old bytes are kept more than once")
    code, text = scene.weft("prune")
    expect(code == DONE and "2 runs forgotten" in text, "prune", text)
    code, text = scene.weft("rollback")
    expect(code == DONE, "the newest run cannot be taken back after prune", text)
    trees.expect_tree(scene.old, scene.tree, "rollback after prune")
    scene.weft("prune", "--keep", "0")
    expect(os.listdir(objects) == [], "old bytes are left")


def a_progress_bar(scene):
    """On a terminal and after a second only."""
    terminal, line = pty.openpty()

    def apply(kind, stderr):
        environment = {"PATH": os.environ["PATH"], "LD_PRELOAD": scene.shim, "FAULT_KIND": kind,
                       "XDG_STATE_HOME": trees.STATE}
        process = subprocess.run([scene.program, *scene.apply], cwd=scene.tree, env=environment,
                                 stderr=stderr, stdout=subprocess.DEVNULL, check=True,
                                 timeout=trees.TIMEOUT)
        scene.weft("rollback")
        return process.stderr

    expect(b"[" not in apply("slow", subprocess.PIPE), "a bar where no terminal is")
    started = time.monotonic()
    apply("none", line)
    took = time.monotonic() - started
    expect(took > 1 or b"[" not in drain(terminal), "a bar at once")
    apply("slow", line)
    text = drain(terminal)
    expect(b"#" in text and b"/20" in text and text.count(b"\r\033[K") == 1, "no bar", str(text))


def drain(terminal):
    os.set_blocking(terminal, False)
    text = b""
    while True:
        try:
            text += os.read(terminal, 65536)
        except OSError:
            return text


SCENARIOS = (two_processes, an_editor_before_apply, an_editor_during_apply, signals,
             git_sees_nothing_afterwards, uncommitted_changes, another_user, a_vanished_folder, a_full_disk,
             a_run_that_cannot_be_unmade, a_rollback_that_cannot_be_recorded, a_backup, pruning, a_progress_bar)


def main():
    parser = argparse.ArgumentParser(description="what happens around an apply")
    parser.add_argument("--weft", required=True)
    parser.add_argument("--fault", required=True, help="the library built from fault.c")
    parser.add_argument("--fixture", required=True)
    parser.add_argument("names", nargs="*", help="scenarios; all when there are none")
    options = parser.parse_args()
    failures = []
    chosen = [s for s in SCENARIOS if not options.names or s.__name__ in options.names]
    for scenario in chosen:
        with trees.scratch_folder() as scratch:
            try:
                scenario(Scene(options, scratch))
            except Failure as failure:
                failures.append(f"{scenario.__name__}: {failure}")
    trees.main_result(failures, f"{len(chosen)} scenarios, {len(failures)} wrong")


if __name__ == "__main__":
    sys.exit(main())
