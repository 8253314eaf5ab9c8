#!/usr/bin/python3
"""Applying a plan of 100 files beside `git apply` of the same diff, as ratios.

    tests/bench/apply_plan.py --weft build/release/weft [--rounds 20] [--folder DIR] [--repository]

Each round applies to a fresh copy of a generated tree in DIR (a temporary folder), in turn: git, weft
--no-fsync, weft. The medians count, of time and of the processor time of all threads. git keeps no old
bytes and syncs nothing, so the second ratio is what weft's own work costs and the third what safety
costs on that disk. All copies are made and synced before the first command and removed after the last:
ext4 searches long for an inode while many were deleted in the last five seconds, and what a command
pays for that is not its own. With --repository the tree is one, and git also applies to its index: that
looks for uncommitted changes, as weft does there. Not a test: figures depend on the machine.
"""
import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import state_folder

FILES, FUNCTIONS, QUIET_SECONDS = 100, 60, 6
RULES = """version: 1
pack: bench
context:
  parameter: isolation_context
  type: app.isolation.IsolationContext
  dimensions: [tenant_id]
  ambient: app.isolation.current_isolation_context
sinks:
  - id: config
    family: config_system
    symbol: app.config.settings
    replace: app.isolation.get_settings({context})
"""


def make_tree(root):
    os.makedirs(os.path.join(root, "app/part"))
    with open(os.path.join(root, "app/config.py"), "w", encoding="utf-8") as file:
        file.write("settings = object()\n")
    for number in range(FILES):
        lines = ["from app.config import settings", ""]
        for function in range(FUNCTIONS):
            lines += ["", f"def work_{number}_{function}(first, second):", '    """Adds."""',
                      "    total = first + second",
                      "    return settings.base + total" if function % 6 == 0 else "    return total", ""]
        with open(os.path.join(root, f"app/part/module{number}.py"), "w", encoding="utf-8") as file:
            file.write("\n".join(lines))


def git(tree, *arguments):
    subprocess.run(["git", "-c", "user.name=bench", "-c", "user.email=bench", *arguments], cwd=tree, check=True,
                   stdout=subprocess.DEVNULL)


def copy_of(tree, copy, is_repository):
    shutil.copytree(tree, copy)
    if is_repository:
        git(copy, "update-index", "-q", "--refresh")
    return copy


def timed(command, tree):
    """Seconds, and seconds of processor time."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, cwd=tree, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    seconds, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    parser = argparse.ArgumentParser(description="apply a plan beside git apply of the same diff")
    parser.add_argument("--weft", required=True)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--folder", help="where the trees are made; the disk that is measured")
    parser.add_argument("--repository", action="store_true", help="of a tree that git keeps")
    options = parser.parse_args()
    weft = os.path.abspath(options.weft)
    with tempfile.TemporaryDirectory(prefix="weft-bench-", dir=options.folder) as scratch:
        tree, rules, plan, diff = (os.path.join(scratch, name)
                                   for name in ("tree", "rules.yml", "plan.json", "diff"))
        make_tree(tree)
        with open(rules, "w", encoding="utf-8") as file:
            file.write(RULES)
        if options.repository:
            for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "tree"]):
                git(tree, *arguments)
        subprocess.run([weft, "plan", "-q", "--pack", rules, "-o", plan], cwd=tree, check=True)
        with open(diff, "wb") as file:
            subprocess.run([weft, "diff", "--plan", plan], cwd=tree, check=True, stdout=file)
        commands = {"git apply": ["git", "apply", "--whitespace=nowarn", diff],
                    "weft apply --no-fsync": [weft, "apply", "--plan", plan, "--no-fsync"],
                    "weft apply": [weft, "apply", "--plan", plan]}
        if options.repository:
            commands["git apply --index"] = ["git", "apply", "--index", "--whitespace=nowarn", diff]
        times = {name: [] for name in commands}
        copies = iter([copy_of(tree, os.path.join(scratch, f"copy{number}"), options.repository)
                       for number in range(options.rounds * len(commands))])
        os.sync()
        time.sleep(QUIET_SECONDS)
        for _ in range(options.rounds):
            for name, command in commands.items():
                times[name].append(timed(command, next(copies)))
        files = sum(1 for line in open(diff, "rb") if line.startswith(b"diff --git"))
    medians = {name: [statistics.median(column) for column in zip(*found)] for name, found in times.items()}
    base = medians["git apply"]
    print(f"{files} files, {options.rounds} rounds, medians")
    for name, (seconds, processor) in medians.items():
        print(f"{name:24} {seconds * 1000:8.1f} ms   ratio {seconds / base[0]:5.2f}   "
              f"processor {processor * 1000:8.1f} ms   ratio {processor / base[1]:5.2f}")


if __name__ == "__main__":
    sys.exit(main())
