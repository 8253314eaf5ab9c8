#!/usr/bin/python3
"""Lets every change of the file system fail in turn while weft applies a plan and takes it back, and
kills weft before and after each.

    tests/crash/run_crash.py --weft build/release/weft --fault build/release/bin/libweft_fault.so
    tests/crash/run_crash.py ... --every 40      each 40th fault only
    tests/crash/run_crash.py ... --only apply --kind enospc

The points are found by a run without faults. After each fault the tree must be wholly old or wholly new
where weft says that it is; after `weft resume` it must be wholly new, after `weft rollback` wholly old:
bytes, permissions, files and folders. Also checked, once: that everything is synced before what counts on
it. Prints the number of points tried, kind by kind; all of them take some minutes.
"""
import argparse
import concurrent.futures
import json
import os
import sys

import trees
from trees import DONE, INTERRUPTED, KILLED, ROLLED_BACK, WRONG, Failure, weft

FILES = 50
KINDS = ("enospc", "eio", "eacces", "enospc-on", "short", "kill-before", "kill-after")


class Setting:
    def __init__(self, options, scratch):
        self.program, self.shim = os.path.abspath(options.weft), os.path.abspath(options.fault)
        self.scratch = scratch
        self.old_tree = os.path.join(scratch, "old")
        os.mkdir(self.old_tree)
        plan, self.new = trees.made_tree(self.old_tree, FILES)
        self.old = trees.snapshot(self.old_tree)
        self.plan = os.path.join(scratch, "plan.json")
        with open(self.plan, "w", encoding="utf-8") as file:
            json.dump(plan, file)
        self.new_tree = os.path.join(scratch, "new")
        trees.copy_tree(self.old_tree, self.new_tree)

    def log_of(self, tree, *args):
        """What a run without faults changes, as lists of words."""
        log = os.path.join(self.scratch, "log")
        if os.path.exists(log):
            os.remove(log)
        code, text = weft(self.program, tree, *args, shim=self.shim, log=log)
        if code != DONE:
            raise Failure(f"weft {args[0]} without a fault exits with {code}: {text}")
        with open(log, encoding="utf-8") as file:
            return [line.split() for line in file]


def expect_synced(log, root):
    """What the invariants of journal.c say about the order of syncs, in the log of one apply."""
    synced, written, committed, renamed, kept = {}, {}, None, [], []
    for number, call, *names in log:
        number = int(number)
        if call in ("create", "write", "chmod"):
            written[names[0]] = number
        elif call == "sync":
            synced[names[0]] = number
            if names[0].endswith("/journal") and committed is None:
                committed = number
        elif call == "rename" and "/.weft/" not in names[0]:
            if committed is None:
                raise Failure(f"{names[1]} is replaced before the commit is synced")
            if synced.get(names[0], 0) < written[names[0]]:
                raise Failure(f"{names[0]} is renamed before it is synced")
            renamed.append((number, names[1]))
        elif call == "rename" and "/objects/" in names[1]:
            if synced.get(names[0], 0) < written[names[0]]:
                raise Failure("old bytes get their name before they are synced")
            kept.append(number)
    if len(renamed) != FILES:
        raise Failure(f"{len(renamed)} files are renamed instead of {FILES}")
    for name, number in written.items():
        if ("/objects/" in name or name.endswith("/plan.json")) and not \
                number < synced.get(name, 0) < committed:
            raise Failure(f"{name} is not synced before the commit")
    if not kept or not kept[-1] < synced.get(os.path.join(root, ".weft/objects"), 0) < committed:
        raise Failure("the folder of old bytes is not synced before the commit")
    applied = max(n for name, n in written.items() if name.endswith("/journal"))
    for number, name in renamed:
        if not number < synced.get(os.path.dirname(name), 0) < applied:
            raise Failure(f"the folder of {name} is not synced after the rename")


def settle(setting, tree, code, what):
    """The state that weft says the tree is in is the one it is in; finishing or taking back works."""
    runs = trees.status(setting.program, tree)
    unfinished = [run for run in runs if not run["finished"]]
    if unfinished:
        if code not in (KILLED, INTERRUPTED):
            raise Failure(f"{what}: exit code {code}, but a run is unfinished")
        return unfinished[0]["state"]
    applied = bool(runs) and runs[0]["state"] == "applied"
    trees.expect_tree(setting.new if applied else setting.old, tree, f"{what}: exit code {code}")
    return "applied" if applied else "none"


def expect_command(setting, tree, command, expected, what):
    code, text = weft(setting.program, tree, command)
    if code != DONE:
        raise Failure(f"{what}: then {command} exits with {code}: {text}")
    trees.expect_tree(expected, tree, f"{what}: then {command}")


def try_apply(setting, tree, fault):
    what = f"apply, {fault[1]} at {fault[0]}"
    trees.copy_tree(setting.old_tree, tree)
    code, text = weft(setting.program, tree, "apply", "--plan", setting.plan, fault=fault,
                      shim=setting.shim)
    if code not in (DONE, ROLLED_BACK, INTERRUPTED, KILLED):
        raise Failure(f"{what}: exit code {code}: {text}")
    state = settle(setting, tree, code, what)
    if code == DONE and state != "applied":
        raise Failure(f"{what}: exit code 0, but nothing is applied")
    if state == "applied":
        expect_command(setting, tree, "rollback", setting.old, what)
    elif state != "none":
        other = tree + "-other"
        trees.copy_tree(tree, other)
        # A rollback that was begun by itself is finished by either; an apply by one only.
        resumed = setting.old if state == "undoing" else setting.new
        expect_command(setting, tree, "resume", resumed, what)
        expect_command(setting, other, "rollback", setting.old, what)
        if weft(setting.program, other, "resume")[0] != WRONG:
            raise Failure(f"{what}: after rollback there is something to resume")


def try_rollback(setting, tree, fault):
    what = f"rollback, {fault[1]} at {fault[0]}"
    trees.copy_tree(setting.new_tree, tree)
    code, text = weft(setting.program, tree, "rollback", fault=fault, shim=setting.shim)
    if code not in (DONE, ROLLED_BACK, INTERRUPTED, KILLED):
        raise Failure(f"{what}: exit code {code}: {text}")
    state = settle(setting, tree, code, what)
    if code == DONE and state != "none":
        raise Failure(f"{what}: exit code 0, but the run is {state}")
    if state == "applied":
        expect_command(setting, tree, "rollback", setting.old, what)
    elif state != "none":
        other = tree + "-other"
        trees.copy_tree(tree, other)
        expect_command(setting, tree, "resume", setting.old, what)
        expect_command(setting, other, "rollback", setting.old, what)


def try_all(setting, attempt, kind, points, every):
    """One kind at all points; the failures."""
    faults = [(point, kind) for point in range(1, points + 1)][::every]

    def one(number, fault):
        tree = os.path.join(setting.scratch, f"{attempt.__name__}-{number}")
        try:
            attempt(setting, tree, fault)
            return None
        except Failure as failure:
            return str(failure)
        finally:
            for name in (tree, tree + "-other"):
                trees.shutil.rmtree(name, ignore_errors=True)

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        found = list(pool.map(one, range(len(faults)), faults))
    failures = [failure for failure in found if failure]
    print(f"{attempt.__name__[4:]}, {kind}: {len(faults)} of {points} points, {len(failures)} wrong",
          flush=True)
    return failures


def main():
    parser = argparse.ArgumentParser(description="faults at every change of the file system")
    parser.add_argument("--weft", required=True)
    parser.add_argument("--fault", required=True, help="the library built from fault.c")
    parser.add_argument("--every", type=int, default=1, help="try each N-th fault only")
    parser.add_argument("--only", choices=("apply", "rollback"), help="what is disturbed; both")
    parser.add_argument("--kind", choices=KINDS, help="of fault; all")
    options = parser.parse_args()
    with trees.scratch_folder() as scratch:
        setting = Setting(options, scratch)
        log = setting.log_of(setting.new_tree, "apply", "--plan", setting.plan)
        trees.expect_tree(setting.new, setting.new_tree, "apply")
        expect_synced(log, setting.new_tree)
        back = os.path.join(scratch, "back")
        trees.copy_tree(setting.new_tree, back)
        undo_log = setting.log_of(back, "rollback")
        trees.expect_tree(setting.old, back, "rollback")
        failures = []
        for attempt, points in ((try_apply, len(log)), (try_rollback, len(undo_log))):
            if options.only in (None, attempt.__name__[4:]):
                for kind in [options.kind] if options.kind else KINDS:
                    failures += try_all(setting, attempt, kind, points, options.every)
    trees.main_result(failures, f"{FILES} files: {len(log)} points of apply, {len(undo_log)} of "
                                f"rollback; {len(failures)} wrong")


if __name__ == "__main__":
    sys.exit(main())
