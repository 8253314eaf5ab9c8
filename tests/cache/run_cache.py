#!/usr/bin/python3
"""The cache never changes an answer. `run_cache.py --weft build/release/weft --fixture fixtures/maibot NAME` tries

    same-answers            every case that only asks: without the cache, cold, warm, with the facts of files alone, and
                            with another number of threads, the same bytes and exit status
    a-file-that-changes     an edit that keeps size and time is seen, a file that is put back is known again, and so are
                            options and rules that change
    damage                  entries with bits turned over, cut short, swapped and replaced by folders and links
    a-writer-that-is-killed what it leaves is no entry, and goes
    several-at-once         runs side by side over one cache
    within-its-size         the limit holds, and `weft cache clear` clears
    no-place-for-it         a home that cannot be written, or none at all
    nothing-of-a-tree       a cache inside the tree is none
    one-that-stays          what `weft watch` has in memory and does not read stays in the cache
"""
import argparse
import os
import random
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TESTS))
import run_cases

# These ask. What the others write is told by cases and by tests of their own.
ASKING = ("diff", "scan", "explain", "check", "report", "plan")
# They write, or are other commands.
OTHER_OPTIONS = ("-o", "--output", "--history", "--update-baseline", "--split", "--api")
KINDS = ("facts", "solved", "text")


class Failure(Exception):
    pass


def expect(holds, what):
    if not holds:
        raise Failure(what)


class Bench:
    """A tree, a home with a cache, and weft."""

    def __init__(self, weft, work, source):
        self.weft, self.home, self.tree = weft, work / "home", work / "tree"
        self.home.mkdir()
        shutil.copytree(source, self.tree, symlinks=True)
        self.cache = self.home / ".cache" / "weft"

    def environment(self, **more):
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "WEFT_"))}
        return {**kept, "HOME": str(self.home), "LC_ALL": "C.UTF-8", "GIT_CONFIG_NOSYSTEM": "1", **more}

    def run(self, *args, **more):
        done = subprocess.run([self.weft, *args], cwd=self.tree, env=self.environment(**more),
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=300)
        return done.returncode, done.stdout, done.stderr

    def entries(self):
        return sorted(path for kind in KINDS if (self.cache / kind).is_dir() for path in (self.cache / kind).iterdir())

    def forget(self, *kinds):
        for kind in kinds:
            shutil.rmtree(self.cache / kind, ignore_errors=True)


def same_answers(options, work):
    asked = 0
    for folder in sorted(run_cases.CASES.glob("*/*.d"))[::options.every]:
        place = work / folder.name
        place.mkdir()
        case = run_cases.Case(folder, place, options.weft)
        if case.args[0] in ASKING and not any(a.startswith(OTHER_OPTIONS) for a in case.args):
            check_case(case, folder)
            asked += 1
        shutil.rmtree(place)
    expect(asked > 300 // options.every, f"only {asked} cases ask")


def check_case(case, folder):
    cache = case.work / ".cache" / "weft"
    alone = case.run([*case.args, "--no-cache"], case.tree)
    expect(not cache.exists(), f"{folder}: --no-cache keeps something")
    for name in ("cold", "warm", "facts alone", "two threads"):
        if name == "facts alone":
            shutil.rmtree(cache / "solved", ignore_errors=True)
            shutil.rmtree(cache / "text", ignore_errors=True)
        answer = case.run([*case.args, "-j", "2" if name == "two threads" else "1"], case.tree)
        expect(answer == alone, f"{folder}: another answer, {name}:\n{alone}\n{answer}")


def a_file_that_changes(options, work):
    bench = Bench(options.weft, work, options.fixture)
    first = bench.run("diff")
    path = bench.tree / "src/chat/heart_flow/heartflow.py"
    old, status = path.read_bytes(), path.stat()
    new = old.replace(b"get_chat_manager()", b"get_chat_managex()")
    expect(new != old and len(new) == len(old), "the fixture has another text")
    path.write_bytes(new)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    changed = bench.run("diff")
    expect(changed == bench.run("diff", "--no-cache"), "another answer after an edit")
    expect(changed[1] != first[1], "an edit that keeps size and time is not seen")
    path.write_bytes(old)
    expect(bench.run("diff") == first, "another answer for the file as it was")
    for more in (["--mode", "optional"], ["--types", "objects"], ["--exclude", "src/chat/*"], ["--stage", "expand"],
                 ["--strict"], ["-U", "0"], ["--stat"], ["-v"]):
        bench.run("diff", *more)
        expect(bench.run("diff", *more) == bench.run("diff", *more, "--no-cache"), f"another answer with {more}")
    (bench.tree / "pyproject.toml").write_text("[tool.black]\nline-length = 60\n")
    expect(bench.run("diff") == bench.run("diff", "--no-cache"), "the style of the project is not seen")


def turn_over(random_source, data):
    data = bytearray(data)
    for _ in range(random_source.randint(1, 3)):
        data[random_source.randrange(len(data))] ^= 1 << random_source.randrange(8)
    return bytes(data)


def damage(options, work):
    bench, source = Bench(options.weft, work, TESTS / "cases/solve/closure-made-at-import.d/input"), random.Random(7)
    rules = str(run_cases.rules_of(TESTS / "cases/solve/closure-made-at-import.d"))
    args = ("diff", "--pack", rules)
    good = bench.run(*args, "--no-cache")
    bench.run(*args)
    kept = {path: path.read_bytes() for path in bench.entries()}
    expect({path.parent.name for path in kept} == set(KINDS), f"kept are {sorted(kept)}")
    ways = {
        "bits": lambda data: turn_over(source, data),
        "end": lambda data: data[:source.randrange(len(data))],
        "more": lambda data: data + b"\0",
        "zeros": lambda data: bytes(len(data)),
        "empty": lambda data: b"",
        "other": lambda data: source.choice(list(kept.values())),
    }
    for turn in range(120):
        name = source.choice(list(ways))
        kinds = KINDS[:1] if turn % 3 == 0 else KINDS[:2] if turn % 3 == 1 else KINDS
        for path, data in kept.items():
            if path.parent.name not in kinds:
                path.unlink(missing_ok=True)
            else:
                path.write_bytes(ways[name](data) if source.random() < 0.8 else data)
        expect(bench.run(*args) == good, f"another answer after {name}, turn {turn}")
        expect(bench.run(*args) == good, f"another answer after {name} was mended, turn {turn}")
    for path in kept:
        path.unlink(missing_ok=True)
        source.choice([path.mkdir, lambda p=path: p.symlink_to("/dev/zero"), lambda p=path: os.mkfifo(p)])()
    expect(bench.run(*args) == good, "another answer with folders, links and pipes in the place of entries")


def a_writer_that_is_killed(options, work):
    bench, source = Bench(options.weft, work, options.fixture), random.Random(11)
    good = bench.run("diff", "--no-cache")
    for _ in range(12):
        bench.forget(*KINDS)
        process = subprocess.Popen([options.weft, "diff"], cwd=bench.tree, env=bench.environment(),
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(source.random() * 0.5)
        process.send_signal(signal.SIGKILL)
        process.wait()
        expect(bench.run("diff") == good, "another answer after a run that was killed")
    left = bench.cache / "facts" / ".new-0123456789abcdef"
    left.write_bytes(b"x" * 100)
    os.utime(left, (time.time() - 7200,) * 2)
    bench.forget("text")
    bench.run("diff")
    expect(not left.exists(), "what a killed writer left is never removed")


def several_at_once(options, work):
    bench = Bench(options.weft, work, options.fixture)
    good = bench.run("diff", "--no-cache")
    for limit in ("1G", "2M"):
        bench.forget(*KINDS)
        running = [subprocess.Popen([options.weft, "diff"], cwd=bench.tree, env=bench.environment(WEFT_CACHE_LIMIT=limit),
                                    stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) for _ in range(6)]
        for process in running:
            out, _ = process.communicate(timeout=300)
            expect((process.returncode, out) == good[:2], f"another answer side by side, with {limit}")


def within_its_size(options, work):
    bench = Bench(options.weft, work, options.fixture)
    bench.run("diff")
    whole = sum(path.stat().st_size for path in bench.entries())
    expect(whole > 200_000, f"only {whole} bytes are kept of the fixture")
    bench.run("diff", "--mode", "optional", WEFT_CACHE_LIMIT="100K")
    left = sum(path.stat().st_size for path in bench.entries())
    expect(left <= 100 * 1024, f"{left} bytes are left of at most 100 KiB")
    code, out, _ = bench.run("cache")
    expect(code == 0 and str(bench.cache).encode() in out, f"weft cache says {out}")
    expect(bench.run("cache", "clear") == (0, b"", b""), "weft cache clear says something")
    expect(not bench.entries(), "weft cache clear leaves something")
    expect(bench.run("diff")[0] == 0, "no run after weft cache clear")


def no_place_for_it(options, work):
    bench = Bench(options.weft, work, options.fixture)
    good = bench.run("diff", "--no-cache")
    for home in ("/proc/nowhere", "", "relative"):
        expect(bench.run("diff", HOME=home) == good, f"another answer with the home '{home}'")
    expect(bench.run("cache", HOME="") == (0, b"", b"weft: there is no place for a cache\n"), "a place is named")
    others = bench.home / "others"
    others.mkdir()
    others.chmod(0o777)
    (others / "weft").mkdir()
    (others / "weft").chmod(0o777)
    expect(bench.run("diff", XDG_CACHE_HOME=str(others)) == good, "another answer with a folder of everybody's")
    expect(not list((others / "weft").iterdir()), "something is kept where others may write")


def nothing_of_a_tree(options, work):
    bench = Bench(options.weft, work, options.fixture)
    good = bench.run("diff")
    inside = bench.tree / ".cache"
    shutil.copytree(bench.home / ".cache", inside)
    before = sorted(p.stat().st_mtime_ns for p in inside.rglob("*"))
    expect(bench.run("diff", XDG_CACHE_HOME=str(inside)) == good, "another answer with a cache inside the tree")
    expect(before == sorted(p.stat().st_mtime_ns for p in inside.rglob("*")), "a cache inside the tree is used")


def one_that_stays(options, work):
    bench = Bench(options.weft, work, options.fixture)
    bench.run("diff")
    [bundle] = (bench.cache / "facts").iterdir()
    before = bundle.stat().st_size
    watch = subprocess.Popen([options.weft, "watch", "--format", "json"], cwd=bench.tree, env=bench.environment(),
                             stdout=subprocess.PIPE, text=True)
    def wait():
        expect(select.select([watch.stdout], [], [], 100)[0], "weft watch says nothing")
        watch.stdout.readline()

    try:
        wait()
        path = bench.tree / "src/chat/heart_flow/heartflow.py"
        for number in range(3):  # more than may be appended
            path.write_text(path.read_text() + f"\n\nclass Added{number}:\n" + "".join(
                f"    def more_{i}(self, value):\n        return get_chat_manager().get_stream(value)\n" for i in range(300)))
            wait()
    finally:
        watch.send_signal(signal.SIGTERM)
        watch.wait()
    [bundle] = (bench.cache / "facts").iterdir()
    expect(bundle.stat().st_size >= before, "facts that a program has in memory are gone from the cache")
    expect(bench.run("diff") == bench.run("diff", "--no-cache"), "another answer after weft watch")


SCENARIOS = {f.__name__.replace("_", "-"): f for f in (
    same_answers, a_file_that_changes, damage, a_writer_that_is_killed, several_at_once, within_its_size,
    no_place_for_it, nothing_of_a_tree, one_that_stays)}


def main():
    parser = argparse.ArgumentParser(description="the cache never changes an answer")
    parser.add_argument("--weft", required=True)
    parser.add_argument("--fixture", required=True)
    parser.add_argument("--every", type=int, default=1, help="same_answers: only each N-th case")
    parser.add_argument("scenario")
    options = parser.parse_args()
    options.weft = str(Path(options.weft).resolve())
    options.fixture = Path(options.fixture).resolve()
    with tempfile.TemporaryDirectory(prefix="weft-cache-") as work:
        try:
            SCENARIOS[options.scenario.replace("_", "-")](options, Path(work).resolve())
        except Failure as failure:
            sys.exit(f"run_cache.py: {options.scenario}: {failure}")


if __name__ == "__main__":
    main()
