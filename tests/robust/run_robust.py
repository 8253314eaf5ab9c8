#!/usr/bin/python3
"""What the machine may do to weft: no room, no memory, few files, a tree that moves, a second weft, signals.

    tests/robust/run_robust.py --weft build/release/weft --fixture fixtures/maibot [--seed N] [--rounds N] [NAME...]

Each function below `scenarios` is one scenario on trees of its own; all run when none is named. Whatever happens,
weft ends with a documented exit code and says why; the tree is wholly old or wholly new, or `weft status`
says that a run is unfinished, and then `weft rollback` gives back every byte. What other programs do to the tree
is timed by chance: --seed repeats the chances, not the machine.
"""
import argparse
import contextlib
import os
import random
import re
import resource
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "crash"))
import trees  # noqa: E402
from trees import DONE, INCOMPLETE, INTERRUPTED, ROLLED_BACK, STALE, WRONG, Failure  # noqa: E402

NO_MEMORY = 70
DOCUMENTED = (DONE, WRONG, INCOMPLETE, STALE, ROLLED_BACK, INTERRUPTED)
BROKEN = re.compile(r"BUG|Sanitizer|runtime error|Assertion|Segmentation")
LIMIT = 120  # seconds for one command, on a busy machine under a sanitizer


def expect(condition, what, text=""):
    if not condition:
        raise Failure(f"{what}{': ' if text else ''}{text[-2000:]}")


class Scene:
    """Copies of the example bot: as it is (old), and as weft makes it (new)."""

    def __init__(self, options, scratch):
        self.program, self.scratch = os.path.abspath(options.weft), scratch
        self.random, self.rounds = random.Random(options.seed), options.rounds
        self.tree = os.path.join(scratch, "tree")
        ignored = shutil.ignore_patterns("__pycache__", ".pytest_cache", "*.pyc")
        shutil.copytree(options.fixture, self.tree, ignore=ignored)
        self.old = trees.snapshot(self.tree)
        copy = os.path.join(scratch, "new")
        trees.copy_tree(self.tree, copy)
        code, text = self.run("apply", "--no-fsync", tree=copy)
        expect(code == DONE, "apply fails", text)
        self.new = trees.snapshot(copy)
        shutil.rmtree(copy)
        self.changed = sorted(p for p in self.old if self.old[p] != self.new.get(p))

    def start(self, *args, tree=None, **how):
        environment = {**os.environ, "LC_ALL": "C.UTF-8", "HOME": self.scratch}
        return subprocess.Popen([self.program, *args], cwd=tree or self.tree, env=environment,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, **how)

    def end(self, process, what):
        """Exit code and text; None for the code when a signal ended it, which is then in the text."""
        try:
            said, _ = process.communicate(timeout=LIMIT)
        except subprocess.TimeoutExpired as mistake:
            process.kill()
            raise Failure(f"{what} hangs") from mistake
        text = said.decode("utf-8", "replace")
        expect(not BROKEN.search(text), f"{what} is at fault", text)
        return process.returncode, text

    def run(self, *args, **how):
        return self.end(self.start(*args, **how), f"weft {args[0]}")

    def settle(self, code, text, what):
        """The tree is what the exit code and `status` say; afterwards it is the old one."""
        runs = trees.status(self.program, self.tree)
        unfinished = [run for run in runs if not run["finished"]]
        if not unfinished:
            applied = bool(runs) and runs[0]["state"] == "applied"
            trees.expect_tree(self.new if applied else self.old, self.tree, f"{what}: {code}: {text[-500:]}")
            expect(not applied or code in (DONE, None) or code < 0 or code == ROLLED_BACK, f"{what}: {code}", text)
        if unfinished or applied:
            again, said = self.run("rollback", "--no-fsync")
            expect(again == DONE, f"{what}: rollback ends with {again}", said)
        trees.expect_tree(self.old, self.tree, f"{what}: after rollback")


# ---- scenarios: what the system denies -----------------------------------------------------------
@contextlib.contextmanager
def small_disk(folder, size):
    """A file system of SIZE bytes at FOLDER; False where this process may not mount one."""
    os.mkdir(folder)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", folder],
                             capture_output=True, check=False).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "-l", folder], check=True)


def a_full_disk(scene):
    """Less and less room; without the right to mount one, tests/crash does it with a library."""
    plain, seen = scene.tree, set()
    with small_disk(os.path.join(scene.scratch, "disk"), "64m") as mounted:
        if not mounted:
            return
        scene.tree = os.path.join(scene.scratch, "disk", "tree")
        trees.copy_tree(plain, scene.tree)
        for room in (0, 3, 20, 150, 400, 1200):
            filler = os.path.join(scene.scratch, "disk", "filler")
            free = os.statvfs(scene.tree)
            with open(filler, "wb") as file:
                file.write(b"x" * max(0, free.f_bavail * free.f_frsize - room * 4096))
            code, text = scene.run("apply")
            os.remove(filler)
            expect(code in (DONE, ROLLED_BACK, INTERRUPTED), f"{room} pages: exit code {code}", text)
            expect(code == DONE or "room" in text or "No space left" in text, f"{room} pages: why?", text)
            seen.add(code)
            scene.settle(code, text, f"{room} pages")
            shutil.rmtree(os.path.join(scene.tree, ".weft"), ignore_errors=True)
    expect({DONE, ROLLED_BACK} <= seen, f"only {seen} were seen")


def a_disk_that_cannot_be_written(scene):
    with small_disk(os.path.join(scene.scratch, "disk"), "64m") as mounted:
        if not mounted:
            return
        plain, scene.tree = scene.tree, os.path.join(scene.scratch, "disk", "tree")
        trees.copy_tree(plain, scene.tree)
        subprocess.run(["mount", "-o", "remount,ro", os.path.join(scene.scratch, "disk")], check=True)
        code, _ = scene.run("diff")
        expect(code == DONE, "diff needs to write")
        code, text = scene.run("apply")
        expect(code == ROLLED_BACK and "Read-only file system" in text, f"exit code {code}", text)
        trees.expect_tree(scene.old, scene.tree, "read-only")


def limited(kind, value):
    return lambda: resource.setrlimit(kind, (value, value))


def few_open_files(scene):
    """With as few as a shell needs, and with too few: the same diff, or a clear message."""
    _, whole = scene.run("diff", "-j", "8")
    for most in (64, 32, 12, 6):
        code, text = scene.run("diff", "-j", "8", preexec_fn=limited(resource.RLIMIT_NOFILE, most))
        expect(code == DONE and text == whole or code in (WRONG, INCOMPLETE, 127) and
               ("Too many open files" in text or code == 127), f"{most} files: exit code {code}", text)
        expect(code == DONE or most < 16, f"{most} files do not suffice", text)
        code, text = scene.run("apply", preexec_fn=limited(resource.RLIMIT_NOFILE, most))
        expect(code in DOCUMENTED or code == 127, f"{most} files: exit code {code}", text)
        if code in (DONE, INCOMPLETE):
            rest = trees.status(scene.program, scene.tree)
            expect(code == DONE or not rest, f"{most} files: a part of the tree is written", text)
        scene.settle(code, text, f"{most} files")


def files_that_may_not_grow(scene):
    """`ulimit -f`: no command dies of a file that it may not make as long as it wants."""
    seen = set()
    for most in (0, 300, 4000, 20000, 1 << 20):
        small = limited(resource.RLIMIT_FSIZE, most)
        for command in (("diff",), ("report", "--quiet", "--format", "json:r.json"), ("migrate", "plan", "-o", "m.json"),
                        ("init", "-o", "new.yml"), ("check", "--baseline", "b.txt", "--update-baseline"), ("data", "models")):
            code, text = scene.run(*command, preexec_fn=small)
            expect(code in DOCUMENTED and (code != WRONG or "File too large" in text),
                   f"{most} bytes: {command} ends with {code}", text)
        for made in ("r.json", "m.json", "new.yml", "b.txt"):
            with contextlib.suppress(FileNotFoundError):
                os.remove(os.path.join(scene.tree, made))
        code, text = scene.run("apply", "--no-fsync", preexec_fn=small)
        expect(code in (DONE, ROLLED_BACK), f"{most} bytes: apply ends with {code}", text)
        expect(code == DONE or "File too large" in text, f"{most} bytes: why?", text)
        seen.add(code)
        scene.settle(code, text, f"{most} bytes")
    expect({DONE, ROLLED_BACK} <= seen, f"only {seen} were seen")


def little_memory(scene):
    """From too little to start to enough; a sanitizer wants terabytes of addresses."""
    if scene.is_sanitized:
        return
    seen = set()
    for megabytes in (8, 14, 20, 28, 40, 64, 400):
        code, text = scene.run("apply", "--no-fsync", "-j", "2",
                               preexec_fn=limited(resource.RLIMIT_AS, megabytes << 20))
        expect(code in (*DOCUMENTED, NO_MEMORY, 127), f"{megabytes} MB: exit code {code}", text)
        expect(code != NO_MEMORY or "out of memory" in text or "cannot be used" in text,
               f"{megabytes} MB: why?", text)
        seen.add(code)
        scene.settle(code, text, f"{megabytes} MB")
    expect({DONE, NO_MEMORY} <= seen, f"only {seen} were seen")


def another_user(scene):
    """A user who may read the tree only gets a diff, and no more."""
    if os.geteuid() != 0:
        return
    os.chmod(scene.scratch, 0o755)
    user = {"user": trees.NOBODY, "group": trees.NOBODY, "extra_groups": []}
    scene.program = trees.program_for(trees.NOBODY, scene.program, scene.scratch)
    pack = os.path.join(scene.scratch, "rules")
    shutil.copytree(Path(__file__).resolve().parent.parent.parent / "rules", pack)
    code, text = scene.run("diff", "--pack", os.path.join(pack, "maibot"), **user)
    expect(code == DONE and "+++ b/" in text, f"diff: exit code {code}", text)
    code, text = scene.run("apply", "--pack", os.path.join(pack, "maibot"), **user)
    expect(code == ROLLED_BACK and "Permission denied" in text, f"apply: exit code {code}", text)
    trees.expect_tree(scene.old, scene.tree, "another user")
    locked = scene.changed[0]
    os.chmod(os.path.join(scene.tree, locked), 0)
    code, text = scene.run("diff", "--pack", os.path.join(pack, "maibot"), **user)
    expect(code == INCOMPLETE and locked in text and "Permission denied" in text,
           f"an unreadable file: exit code {code}", text)


# ---- scenarios: who else is at work --------------------------------------------------------------
class Flipper(threading.Thread):
    """Changes files into other things and back, until it is told to stop."""

    KINDS = ("gone", "folder", "fifo", "link", "loop", "locked", "grown", "cut")

    def __init__(self, scene):
        super().__init__(daemon=True)
        self.scene, self.stopped = scene, threading.Event()
        self.outside = os.path.join(scene.scratch, "outside.py")
        Path(self.outside).write_text("from src.config.config import global_config\nx = global_config.bot\n")
        self.count = 0

    def run(self):
        while not self.stopped.is_set():
            path = os.path.join(self.scene.tree, self.scene.random.choice(self.scene.changed))
            aside = path + ".aside"
            os.rename(path, aside)
            self.put(path, aside, self.scene.random.choice(self.KINDS))
            time.sleep(self.scene.random.random() / 300)
            self.restore(path, aside)
            self.count += 1

    def put(self, path, aside, kind):
        if kind == "folder":
            os.mkdir(path)
        elif kind == "fifo":
            os.mkfifo(path)
        elif kind == "link":
            os.symlink(self.outside, path)
        elif kind == "loop":
            os.symlink(os.path.basename(path), path)
        elif kind in ("locked", "grown", "cut"):
            data = Path(aside).read_bytes()
            data = data[:len(data) // 2] if kind == "cut" else data + b"\n# more\n" * (kind == "grown")
            Path(path).write_bytes(data)
            os.chmod(path, 0 if kind == "locked" else 0o644)

    def restore(self, path, aside):
        """As it was. Weft may have written it in between: then it keeps that, which `settle` must see."""
        with contextlib.suppress(OSError):
            if stat.S_ISDIR(os.lstat(path).st_mode):
                shutil.rmtree(path)
        os.replace(aside, path)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stopped.set()
        self.join()


def a_tree_that_moves(scene):
    """Looking at it: no hang, no crash, and nothing of what is outside."""
    with Flipper(scene) as flipper:
        before = Path(flipper.outside).read_bytes()
        for _ in range(scene.rounds):
            code, text = scene.run("diff")
            expect(code in (DONE, WRONG, INCOMPLETE), f"diff: exit code {code}", text)
            code, text = scene.run("apply", "--dry-run")
            expect(code in DOCUMENTED, f"dry run: exit code {code}", text)
    expect(flipper.count > 0, "nothing was flipped")
    expect(Path(flipper.outside).read_bytes() == before, "a file outside of the tree is written")
    trees.expect_tree(scene.old, scene.tree, "only looked at")


def a_tree_that_moves_under_an_apply(scene):
    """Writing it: what others put there stays, and rollback finds its way back to what was there."""
    for _ in range(scene.rounds):
        with Flipper(scene) as flipper:
            before = Path(flipper.outside).read_bytes()
            code, text = scene.run("apply", "--no-fsync")
        expect(code in DOCUMENTED, f"apply: exit code {code}", text)
        expect(Path(flipper.outside).read_bytes() == before, "a file outside of the tree is written")
        # Somebody moved the old files over the new ones: take back what is ours, and nothing else is changed.
        runs = trees.status(scene.program, scene.tree)
        if runs and runs[0]["state"] != "undone":
            again, said = scene.run("rollback", "--no-fsync")
            expect(again in (DONE, INCOMPLETE), f"rollback: exit code {again}", said)
        for path, content in trees.snapshot(scene.tree).items():
            expect(content in (scene.old.get(path, 0), scene.new.get(path, 0)), f"{path} is neither old nor new",
                   f"{code} {text}")
        shutil.rmtree(scene.tree)
        write(scene.tree, scene.old)


def write(root, tree):
    for path, content in sorted(tree.items()):
        target = os.path.join(root, path)
        os.makedirs(target if content is None else os.path.dirname(target), exist_ok=True)
        if content is not None:
            Path(target).write_bytes(content[1])
            os.chmod(target, content[0])


def two_at_once(scene):
    """Two applies; an apply and a rollback; a diff beside an apply."""
    pairs = (("apply", "apply"), ("apply", "rollback"), ("rollback", "rollback"), ("apply", "diff"), ("apply", "status"))
    for number in range(scene.rounds * len(pairs)):
        pair = pairs[number % len(pairs)]
        if pair[0] == "rollback":
            scene.run("apply", "--no-fsync")
        both = [scene.start(command, *(["--no-fsync"] if command in ("apply", "rollback") else []))
                for command in pair]
        ended = [scene.end(process, command) for process, command in zip(both, pair)]
        for command, (code, text) in zip(pair, ended):
            expect(code in (*DOCUMENTED, 1), f"{pair}: {command}: exit code {code}", text)
        writers = [code for command, (code, _) in zip(pair, ended) if command == pair[0]]
        expect(DONE in writers, f"{pair}: none succeeds: {writers}", ended[0][1] + ended[1][1])
        scene.settle(DONE, "", f"{pair}: {[code for code, _ in ended]}")


def signals(scene):
    """At random moments of an apply, of its rollback, and of a diff."""
    kinds = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE, signal.SIGTSTP)
    started = time.monotonic()
    scene.run("apply", "--no-fsync")
    whole = time.monotonic() - started
    scene.run("rollback", "--no-fsync")
    for number in range(scene.rounds * len(kinds)):
        kind = kinds[number % len(kinds)]
        command = ("apply", "apply", "rollback", "diff")[scene.random.randrange(4)]
        if command == "rollback":
            scene.run("apply", "--no-fsync")
        process = scene.start(command, *(["--no-fsync"] if command != "diff" else []))
        time.sleep(scene.random.random() * whole)
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(kind)
            if kind == signal.SIGTSTP:
                time.sleep(0.02)
                process.send_signal(signal.SIGCONT)
        code, text = scene.end(process, command)
        what = f"{signal.Signals(kind).name} during {command}"
        ends_it = kind != signal.SIGTSTP
        expect(code in (DONE, INTERRUPTED) or ends_it and code in (-kind, ROLLED_BACK), f"{what}: exit code {code}", text)
        expect(code != INTERRUPTED or "weft resume" in text, f"{what}: no way on", text)
        scene.settle(None if code < 0 else code, text, what)


def a_reader_that_goes(scene):
    """Nobody reads what an apply says: it does its work all the same."""
    process = scene.start("apply", "--no-fsync", "-v")
    process.stdout.close()
    code = process.wait(timeout=LIMIT)
    expect(code in (DONE, WRONG), f"exit code {code}")
    trees.expect_tree(scene.new, scene.tree, "nobody reads")
    scene.run("rollback", "--no-fsync")


SCENARIOS = (a_full_disk, a_disk_that_cannot_be_written, few_open_files, files_that_may_not_grow,
             little_memory, another_user, a_tree_that_moves, a_tree_that_moves_under_an_apply,
             two_at_once, signals, a_reader_that_goes)


def main():
    parser = argparse.ArgumentParser(description="what the machine may do to weft")
    parser.add_argument("--weft", required=True)
    parser.add_argument("--fixture", required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=1, help="of the scenarios that go by chance")
    parser.add_argument("--sanitized", action="store_true", help="a build with sanitizers")
    parser.add_argument("names", nargs="*", help="scenarios; all when there are none")
    options = parser.parse_args()
    failures = []
    chosen = [s for s in SCENARIOS if not options.names or s.__name__ in options.names]
    for scenario in chosen:
        with tempfile.TemporaryDirectory(prefix="weft-robust-") as scratch:
            try:
                scene = Scene(options, scratch)
                scene.is_sanitized = options.sanitized
                scenario(scene)
            except Failure as failure:
                failures.append(f"{scenario.__name__}: {failure}")
    trees.main_result(failures, f"{len(chosen)} scenarios, {len(failures)} wrong")


if __name__ == "__main__":
    sys.exit(main())
