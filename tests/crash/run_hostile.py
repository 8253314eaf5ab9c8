#!/usr/bin/python3
"""A hostile .weft: forged journals, links, other owners. Nothing outside of the tree changes.

    tests/crash/run_hostile.py --weft build/release/weft --fault build/release/bin/libweft_fault.so [NAME...]

Each function in `ATTACKS` is one attack on trees of its own; all run when none is named. Started by root they run
twice, as root and as nobody, else once. Forged journals are also tried on a kernel without openat2.
"""
import argparse
import concurrent.futures
import fcntl
import itertools
import os
import pty
import stat
import struct
import subprocess
import sys

import forge
import trees
from trees import DONE, INCOMPLETE, INTERRUPTED, NOBODY, ROLLED_BACK, STALE, WRONG, Failure

OLD, NEW = b"old\n", b"new\n"
COMMANDS = (["status"], ["resume"], ["rollback"], ["rollback", "1"], ["prune", "--keep", "0"])


def expect(condition, what, text=""):
    if not condition:
        raise Failure(f"{what}{': ' if text else ''}{text}")


def surroundings(folder):
    """path -> kind, mode, owner and bytes of everything, without following links."""
    found = {}
    for place, folders, files in os.walk(folder):
        for name in folders + files:
            path = os.path.join(place, name)
            status = os.lstat(path)
            content = None
            if stat.S_ISLNK(status.st_mode):
                content = os.readlink(path)
            elif stat.S_ISREG(status.st_mode):
                with open(path, "rb") as file:
                    content = file.read()
            found[os.path.relpath(path, folder)] = (oct(status.st_mode), status.st_uid, content)
    return found


class Scene:
    """A folder with a tree, something outside of it and a state folder, all of USER's."""

    def __init__(self, options, scratch, user):
        self.options, self.user = options, user
        self.base = os.path.join(scratch, "base")
        self.tree, self.outside = os.path.join(self.base, "tree"), os.path.join(self.base, "outside")
        self.state = os.path.join(self.base, "state")
        for folder in (self.tree, self.outside, self.state):
            os.makedirs(folder)
        self.key = trees.write_key(self.state)
        self.program = options.programs[user]

    def write(self, path, content=OLD, mode=0o644):
        path = os.path.join(self.base, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content)
        os.chmod(path, mode)

    def own(self):
        """All belongs to the user who runs weft."""
        if self.user == os.geteuid():
            return
        for place, folders, files in os.walk(self.base):
            for name in [".", *folders, *files]:
                os.lchown(os.path.join(place, name), self.user, self.user)

    def weft(self, *args, user=None, old_kernel=False, answer=None, environment=None, fault=None):
        user = self.user if user is None else user
        variables = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "XDG_STATE_HOME": self.state,
                     "GIT_CONFIG_NOSYSTEM": "1"} | (environment or {})
        if old_kernel or fault:
            variables["LD_PRELOAD"] = self.options.shims[user]
        if old_kernel:
            variables["FAULT_OLD_KERNEL"] = "1"
        if fault:
            variables |= {"FAULT_POINT": str(fault[0]), "FAULT_KIND": fault[1]}
        how = {} if user == os.geteuid() else {"user": user, "group": user, "extra_groups": []}
        done = subprocess.run([self.options.programs[user], *args], cwd=self.tree, env=variables,
                              stdin=subprocess.DEVNULL if answer is None else answer, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=trees.TIMEOUT, check=False, **how)
        return done.returncode, done.stdout.decode("utf-8", "replace")

    def plan(self, files):
        """A plan file outside of the tree."""
        path = os.path.join(self.base, "plan.json")
        with open(path, "wb") as file:
            file.write(forge.plan(files))
        return path

    def applied(self):
        """A tree in which this user's weft has applied a run."""
        self.write("tree/pkg/a.py")
        self.own()
        code, text = self.weft("apply", "--plan", self.plan(CHANGE))
        expect(code == DONE, "apply fails", text)


CHANGE = [("change", 0o644, OLD, NEW, "pkg/a.py"), ("create", 0o644, b"", NEW, "pkg/b.py")]


def run_all(scene, commands, wanted, codes, what):
    """Every command says WANTED, exits with one of CODES and changes nothing but what is in .weft."""
    for args in commands:
        before = surroundings(scene.base)
        code, text = scene.weft(*args, old_kernel=scene.options.old_kernel)
        after = surroundings(scene.base)
        changed = [p for p in before.keys() | after.keys()
                   if before.get(p) != after.get(p) and p.split("/")[1:2] != [".weft"]]
        expect(not changed, f"{what}: {' '.join(args)} changes {changed}", text)
        if wanted is not None:
            expect(code in codes and wanted in text, f"{what}: {' '.join(args)}", f"{code} {text}")
        expect("weft resume` finishes" not in text or wanted is None, f"{what}: advice to resume", text)


# ---- forged journals -----------------------------------------------------------------------------

TARGETS = ("../outside/victim", "OUTSIDE/victim", ".git/config", ".git/hooks/post-checkout", "sub/.GIT/HEAD",
           ".weft/lock", "link/victim", "pkg/../../outside/victim")


def forged(scene, how, state, action, target):
    """ACTION: change, create, or delete, which is the rollback of a create."""
    path = target.replace("OUTSIDE", scene.outside)
    real = os.path.normpath(os.path.join(scene.tree, path.replace("link", "../outside")))
    is_new = state in ("committed", "applied", "undoing")
    if action == "change" or (action == "delete" and is_new):
        scene.write(real, NEW if is_new else OLD, 0o600)
    scene.write("tree/.git/HEAD", b"ref: refs/heads/main\n")
    scene.write("outside/other")
    os.symlink("../outside", os.path.join(scene.tree, "link"))
    entry = ("change" if action == "change" else "create", 0o644, OLD, NEW, path)
    journal, document = forge.forged_run(how, state, [entry], scene.key)
    forge.write_run(scene.tree, journal, document, [OLD, NEW])
    os.chmod(os.path.join(scene.tree, ".weft"), 0o700)
    scene.own()


def forged_journals(options, scratch, user):
    """In every state, for every kind of change, to everything that is not of the tree."""
    cases = list(itertools.product(("plain", "other-key", "own-key"), forge.STATES,
                                   ("change", "create", "delete"), TARGETS))[::options.every]

    def one(number, case):
        scene = Scene(options, os.path.join(scratch, str(number)), user)
        try:
            forged(scene, *case)
            through_link = case[3] == "link/victim"
            # A path that is harmless by its name is known by the key only; with the right key, by the link.
            wanted = "E607" if not through_link else None if case[0] == "own-key" else "E610"
            run_all(scene, COMMANDS, wanted, (WRONG, ROLLED_BACK), str(case))
            if case[0] != "own-key":
                run_all(scene, [["resume", "--adopt", "--yes"], ["rollback", "--adopt", "--yes"]], None, (),
                        str(case))
        finally:
            trees.shutil.rmtree(scene.base, ignore_errors=True)

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(one, range(len(cases)), cases))


def forged_modes(options, scratch, user):
    """No journal makes a file set-user-ID, whoever wrote it."""
    for number, (how, mode, state) in enumerate(itertools.product(
            ("plain", "other-key", "own-key"), (0o4755, 0o2755, 0o1777, 0o6777), ("begun", "applied"))):
        scene = Scene(options, os.path.join(scratch, str(number)), user)
        scene.write("tree/pkg/a.py", OLD if state == "begun" else NEW)
        entry = [("change", mode, OLD, NEW, "pkg/a.py")]
        journal, document = forge.forged_run(how, state, entry, scene.key)
        forge.write_run(scene.tree, journal, document, [OLD])
        scene.own()
        run_all(scene, [["resume"], ["rollback"], ["resume", "--adopt", "--yes"],
                        ["rollback", "--adopt", "--yes"]], "E607", (ROLLED_BACK,), f"{how} {mode:o}")


def forged_and_harmless(options, scratch, user):
    """Paths below the root, but not by this user's weft: refused, shown, and done after a yes."""
    for number, (how, command) in enumerate(itertools.product(("plain", "other-key"), ("resume", "rollback"))):
        scene = Scene(options, os.path.join(scratch, str(number)), user)
        resume = command == "resume"
        scene.write("tree/pkg/a.py", OLD if resume else NEW, 0o640)
        if not resume:
            scene.write("tree/pkg/b.py", NEW)
        forged_files = [("change", 0o666, *CHANGE[0][2:]), CHANGE[1]]
        journal, document = forge.forged_run(how, "begun" if resume else "applied", forged_files, scene.key)
        forge.write_run(scene.tree, journal, document, [OLD])
        scene.own()
        run_all(scene, COMMANDS, "E610", (WRONG, ROLLED_BACK), how)
        code, text = scene.weft("apply", "--plan", scene.plan(CHANGE))
        expect(code == (ROLLED_BACK if resume else STALE), "apply", text)
        code, text = scene.weft(command, "--adopt")
        expect(code == ROLLED_BACK and "pkg/a.py" in text and "create pkg/b.py" in text and "--yes" in text,
               "the paths are not shown", f"{code} {text}")
        for answer, wanted in ((b"n\n", ROLLED_BACK), (b"y\n", DONE)):
            terminal, line = pty.openpty()
            os.write(terminal, answer)
            code, text = scene.weft(command, "--adopt", answer=line)
            os.close(terminal)
            os.close(line)
            expect(code == wanted and "own? [y/N]" in text, f"answer {answer}", f"{code} {text}")
        status = os.stat(os.path.join(scene.tree, "pkg/a.py"))
        with open(os.path.join(scene.tree, "pkg/a.py"), "rb") as file:
            expect(file.read() == (NEW if resume else OLD), "the bytes after the adoption")
        # The permissions of the file, not the ones that the journal names.
        expect(stat.S_IMODE(status.st_mode) == 0o640, "the mode after the adoption", oct(status.st_mode))
        code, text = scene.weft("status")
        expect(code == DONE and "E610" not in text, "the run is not this user's now", text)


def forged_plans(options, scratch, user):
    """A plan that is not the one of the journal, by path or by bytes."""
    for number, (how, wrong) in enumerate(itertools.product(("plain", "other-key", "own-key"),
                                                            ("path", "result", "missing"))):
        scene = Scene(options, os.path.join(scratch, str(number)), user)
        scene.write("tree/pkg/a.py")
        scene.write("tree/pkg/c.py")
        journal, _ = forge.forged_run(how, "begun", CHANGE, scene.key)
        files = [list(entry) for entry in CHANGE]
        files[0][4 if wrong == "path" else 3] = "pkg/c.py" if wrong == "path" else b"x\n"
        forge.write_run(scene.tree, journal, forge.plan(files), [OLD])
        if wrong == "missing":
            os.remove(os.path.join(scene.tree, ".weft/runs/000001/plan.json"))
        scene.own()
        before = surroundings(scene.base)
        own = how == "own-key"
        code, text = scene.weft("resume", *([] if own else ["--adopt", "--yes"]))
        after = surroundings(scene.base)
        expect(before["tree/pkg/a.py"] == after["tree/pkg/a.py"] and "tree/pkg/b.py" not in after,
               f"{how}, {wrong}: the tree", text)
        expect(code == (INTERRUPTED if own else ROLLED_BACK) and
               ("E601" if wrong == "missing" else "E607") in text, f"{how}, {wrong}", f"{code} {text}")


def forged_later_plans(options, scratch, user):
    """A plan for a later phase that nobody signed is not followed."""
    scene = Scene(options, scratch, user)
    scene.write("tree/app.py", b"value = 1\n")
    forge.write(os.path.join(scene.tree, ".weft/later/memory-" + "0" * 40 + ".json"),
                forge.plan([("create", 0o644, b"", b"evil = 1\n", "evil.py")]))
    scene.own()
    code, text = scene.weft("apply", "--phase", "memory")
    expect(code in (DONE, WRONG) and not os.path.exists(os.path.join(scene.tree, "evil.py")), "later", text)


# ---- links, owners, modes, git -------------------------------------------------------------------

def links_in_weft(options, scratch, user):
    """Every part of .weft in turn is a link to the same thing outside."""
    parts = ("", "/runs", "/runs/000001", "/runs/000001/journal", "/runs/000001/plan.json", "/objects",
             "/objects/000001", "/lock", "/.gitignore", "/later", "/later/x")
    for number, part in enumerate(parts):
        scene = Scene(options, os.path.join(scratch, str(number)), user)
        scene.applied()
        forge.write(os.path.join(scene.tree, ".weft/later/x"), b"x")
        place, moved = os.path.join(scene.tree, ".weft" + part), os.path.join(scene.outside, "moved")
        os.rename(place, moved)
        os.symlink(moved, place)
        scene.own()
        run_all(scene, COMMANDS, "E611", (WRONG, ROLLED_BACK), f"link at .weft{part}")


def other_things_in_weft(options, scratch, user):
    """FIFOs do not make weft wait, hard links are not written through, others may not write."""
    def fifo(path):
        os.remove(path)
        os.mkfifo(path)

    def hard_link(path):
        os.link(path, os.path.join(os.path.dirname(path), "../../../../outside/second"))

    attacks = [("lock", fifo), ("runs/000001/journal", fifo), ("objects/000001", fifo),
               ("runs/000001/journal", hard_link), ("runs/000001/plan.json", hard_link),
               ("runs/000001/journal", lambda p: os.chmod(p, 0o666)), ("objects", lambda p: os.chmod(p, 0o777)),
               (".", lambda p: os.chmod(p, 0o770))]
    for number, (part, attack) in enumerate(attacks):
        scene = Scene(options, os.path.join(scratch, str(number)), user)
        scene.applied()
        attack(os.path.join(scene.tree, ".weft", part))
        scene.own()
        run_all(scene, COMMANDS, "E611", (WRONG, ROLLED_BACK), f"{part} {number}")


def another_owner(options, scratch, user):
    """A .weft, or a part of it, that belongs to somebody else."""
    if os.geteuid() != 0:
        print("another_owner: skipped, since only root can give files away")
        return
    for number, part in enumerate(("", "/runs/000001", "/runs/000001/journal", "/objects/000001")):
        scene = Scene(options, os.path.join(scratch, str(number)), user)
        scene.applied()
        os.chown(os.path.join(scene.tree, ".weft" + part), 12345, 12345)
        run_all(scene, COMMANDS, "E611", (WRONG, ROLLED_BACK), f".weft{part}")


def tracked_by_git(options, scratch, user):
    scene = Scene(options, scratch, user)
    scene.applied()
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "safe.directory=*"]
    for args in (("init", "-q"), ("add", "-f", ".weft", "pkg"), ("commit", "-qm", "x")):
        subprocess.run([*git, *args], cwd=scene.tree, check=True, capture_output=True,
                       env={"PATH": os.environ["PATH"], "HOME": scene.base, "GIT_CONFIG_NOSYSTEM": "1"})
    scene.own()
    run_all(scene, COMMANDS, "git tracks it", (WRONG, ROLLED_BACK), "tracked")
    code, text = scene.weft("apply", "--plan", scene.plan([("create", 0o644, b"", NEW, "pkg/c.py")]))
    expect(code == ROLLED_BACK and "E611" in text and "git rm -r --cached .weft" in text, "apply", text)


def links_in_the_tree(options, scratch, user):
    """Files and folders of a run that are links now, or lead into .git from the start."""
    for number, (part, code) in enumerate((("pkg", INCOMPLETE), ("pkg/a.py", INCOMPLETE))):
        scene = Scene(options, os.path.join(scratch, str(number)), user)
        scene.applied()
        moved = os.path.join(scene.outside, "moved")
        os.rename(os.path.join(scene.tree, part), moved)
        os.symlink(moved, os.path.join(scene.tree, part))
        scene.own()
        before = surroundings(scene.outside)
        found, text = scene.weft("rollback", "--partial", old_kernel=options.old_kernel)
        expect(found == code and "E609" in text and surroundings(scene.outside) == before, f"link at {part}",
               f"{found} {text}")
    for number, (link, target, entry) in enumerate((
            ("a.py", ".git/hooks/post-checkout", ("change", 0o644, OLD, NEW, "a.py")),
            ("a.py", "../outside/victim", ("change", 0o644, OLD, NEW, "a.py")),
            ("pkg", ".git/hooks", ("create", 0o644, b"", NEW, "pkg/b.py")),
            ("pkg", "../outside", ("create", 0o644, b"", NEW, "pkg/b.py")))):
        scene = Scene(options, os.path.join(scratch, f"plan-{number}"), user)
        scene.write("tree/.git/hooks/post-checkout")
        scene.write("outside/victim")
        os.symlink(target, os.path.join(scene.tree, link))
        scene.own()
        run_all(scene, [["apply", "--allow-dirty", "--plan", scene.plan([entry])]], "leads ",
                (ROLLED_BACK,), f"{link} -> {target}")


# ---- root ----------------------------------------------------------------------------------------

def root_in_the_tree_of_another(options, scratch, user):
    """Nothing of root's is left behind, and the owner can go on."""
    if user != 0:
        return
    scene = Scene(options, scratch, NOBODY)
    scene.write("tree/pkg/a.py")
    scene.own()
    root_state = os.path.join(scratch, "root-state")
    os.mkdir(root_state, 0o700)
    files = [*CHANGE, ("create", 0o644, b"", NEW, "made/deep/c.py")]
    for environment in ({"XDG_STATE_HOME": root_state}, {"XDG_STATE_HOME": scene.state, "HOME": root_state}):
        code, text = scene.weft("apply", "--plan", scene.plan(files), user=0, environment=environment)
        os.chown(os.path.join(scene.base, "plan.json"), NOBODY, NOBODY)
        expect(code == DONE, "apply as root", text)
        own = [p for p, (_, owner, _) in surroundings(scene.base).items() if owner != NOBODY]
        expect(not own, "root owns", str(own))
        code, text = scene.weft("rollback")
        expect(code == ROLLED_BACK and "E610" in text, "a run of root is the owner's", f"{code} {text}")
        code, text = scene.weft("rollback", user=0, environment=environment)
        expect(code == DONE, "rollback as root", text)
        own = [p for p, (_, owner, _) in surroundings(scene.base).items() if owner != NOBODY]
        expect(not own, "root owns after the rollback", str(own))
        trees.shutil.rmtree(os.path.join(scene.tree, ".weft"))
    scene.weft("apply", "--plan", scene.plan(files), user=0, environment={"XDG_STATE_HOME": root_state})
    code, text = scene.weft("rollback", "--adopt", "--yes")
    expect(code == DONE, "the owner cannot take the run over", text)


# ---- the key -------------------------------------------------------------------------------------

def many_make_the_key(options, scratch, user):
    """Twenty processes at once, and no key: all use the one that is left."""
    scenes = []
    for number in range(20):
        scene = Scene(options, os.path.join(scratch, str(number)), user)
        scene.write("tree/pkg/a.py")
        scene.own()
        scenes.append(scene)
    state = scenes[0].state
    trees.shutil.rmtree(os.path.join(state, "weft"))
    for scene in scenes:
        scene.state = state
        scene.plan(CHANGE)
    with concurrent.futures.ThreadPoolExecutor(20) as pool:
        done = list(pool.map(lambda s: s.weft("apply", "--plan", os.path.join(s.base, "plan.json")), scenes))
    for code, text in done:
        expect(code == DONE, "apply", text)
    folder = os.path.join(state, "weft")
    expect(os.listdir(folder) == ["key"], "files beside the key", str(os.listdir(folder)))
    modes = [stat.S_IMODE(os.stat(p).st_mode) for p in (folder, os.path.join(folder, "key"))]
    expect(modes == [0o700, 0o600], "modes of the key", str(modes))
    for scene in scenes:
        code, text = scene.weft("rollback")
        expect(code == DONE, "a run has another key", text)


def killed_while_making_the_key(options, scratch, user):
    """Whatever is left of a first apply that was killed or had no room: the next ones work, with one whole key."""
    faults = list(itertools.product(range(1, 25), ("kill-before", "kill-after", "enospc")))
    for number, (point, kind) in enumerate(faults[::min(options.every, 7)]):
        scene = Scene(options, os.path.join(scratch, str(number)), user)
        scene.write("tree/pkg/a.py")
        trees.shutil.rmtree(os.path.join(scene.state, "weft"))
        scene.own()
        plan = scene.plan(CHANGE)
        code, text = scene.weft("apply", "--plan", plan, fault=(point, kind))
        what = f"{kind} at {point}"
        expect(code in (trees.KILLED, ROLLED_BACK, INTERRUPTED, DONE), what, f"{code} {text}")
        scene.weft("rollback")
        for command in (["apply", "--plan", plan], ["rollback"]):
            code, text = scene.weft(*command)
            expect(code == DONE, f"{what}, then {command[0]}", f"{code} {text}")
        modes = [stat.S_IMODE(os.stat(os.path.join(scene.state, p)).st_mode) for p in ("weft", "weft/key")]
        expect(modes == [0o700, 0o600], f"{what}: modes of the key", str(modes))


def unusable_keys(options, scratch, user):
    """A key that others may read or write, or that is none, or in the tree; or no place for one."""
    def key_of(scene):
        return os.path.join(scene.state, "weft/key")

    def broken(scene):
        forge.write(key_of(scene), b"weft-key 2\n")

    def linked(scene):
        os.rename(key_of(scene), key_of(scene) + "2")
        os.symlink("key2", key_of(scene))

    attacks = (broken, linked, lambda scene: os.chmod(key_of(scene), 0o644),
               lambda scene: os.chmod(os.path.dirname(key_of(scene)), 0o777))
    for number, attack in enumerate(attacks):
        scene = Scene(options, os.path.join(scratch, str(number)), user)
        scene.write("tree/pkg/a.py")
        attack(scene)
        scene.own()
        run_all(scene, [["apply", "--plan", scene.plan(CHANGE)]], "E613", (ROLLED_BACK,), f"key {number}")
        expect(os.path.exists(key_of(scene)), "the key is gone")
    scene = Scene(options, os.path.join(scratch, "inside"), user)
    scene.write("tree/pkg/a.py")
    os.mkdir(os.path.join(scene.tree, "state"))
    scene.own()
    code, text = scene.weft("apply", "--plan", scene.plan(CHANGE),
                            environment={"XDG_STATE_HOME": os.path.join(scene.tree, "state")})
    expect(code == ROLLED_BACK and "inside the tree" in text, "a key in the tree", text)
    if user == NOBODY:  # whose home does not exist
        code, text = scene.weft("apply", "--plan", scene.plan(CHANGE), environment={"XDG_STATE_HOME": ""})
        expect(code == ROLLED_BACK and "E613" in text and "XDG_STATE_HOME" in text, "no place", text)


# ---- later versions ------------------------------------------------------------------------------

def later_versions(options, scratch, user):
    """What a newer weft wrote is said to be newer."""
    scene = Scene(options, os.path.join(scratch, "journal"), user)
    scene.applied()
    journal = os.path.join(scene.tree, ".weft/runs/000001/journal")
    with open(journal, "rb") as file:
        text = file.read()
    forge.write(journal, text.replace(b"weft-journal 4 ", b"weft-journal 5 ", 1))
    scene.own()
    run_all(scene, COMMANDS, "E612", (WRONG, ROLLED_BACK), "journal")
    scene = Scene(options, os.path.join(scratch, "pack"), user)
    scene.applied()
    pack = os.path.join(scene.tree, ".weft/objects/000001")
    forge.write(pack, forge.pack([OLD]).replace(b"objects 1", b"objects 2", 1))
    scene.own()
    code, text = scene.weft("rollback")
    expect(code == ROLLED_BACK and "E612" in text, "pack", f"{code} {text}")
    lock = os.path.join(scene.tree, ".weft/lock")
    with open(lock, "w", encoding="utf-8") as file:
        fcntl.fcntl(file, fcntl.F_OFD_SETLK, struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0))
        file.write("weft-lock 2\nwhatever\n")
        file.flush()
        code, text = scene.weft("rollback")
    expect(code == ROLLED_BACK and "E605" in text and "a weft of a later version" in text, "lock", text)


# ---- access --------------------------------------------------------------------------------------

def access_list(*entries):
    """The extended attribute of an access control list: (tag, permissions, id)."""
    return b"\2\0\0\0" + b"".join(tag.to_bytes(2, "little") + bits.to_bytes(2, "little") +
                                  identity.to_bytes(4, "little") for tag, bits, identity in entries)


NO_ID = 0xFFFFFFFF
# u::rw-, user:1:rw-, group::---, mask::rw-, other::---
LIST = access_list((1, 6, NO_ID), (2, 6, 1), (4, 0, NO_ID), (16, 6, NO_ID), (32, 0, NO_ID))


def access_of(path):
    names = {n: os.getxattr(path, n) for n in os.listxattr(path)}
    return stat.S_IMODE(os.stat(path).st_mode), names


def access_stays(options, scratch, user):
    """A replaced file lets in who was let in before: after apply and after rollback."""
    scene = Scene(options, scratch, user)
    names = [f"pkg/{n}.py" for n in ("list", "attribute", "private", "group", "default")]
    for name in names[:-1]:
        scene.write(f"tree/{name}")
    scene.write("tree/pkg/default.py", mode=0o660)
    files = {n: os.path.join(scene.tree, n) for n in names}
    os.chmod(files["pkg/private.py"], 0o600)
    os.chmod(files["pkg/group.py"], 0o664)
    scene.own()
    os.setxattr(files["pkg/list.py"], "system.posix_acl_access", LIST)
    os.setxattr(os.path.join(scene.tree, "pkg"), "system.posix_acl_default", LIST)
    try:
        os.setxattr(files["pkg/attribute.py"], "user.note", b"mine")
    except OSError:
        print("access_stays: this file system has no attributes of users; those are not tried")
    before = {n: access_of(p) for n, p in files.items()}
    plan = scene.plan([("change", 0o644, OLD, NEW, n) for n in names])
    code, text = scene.weft("apply", "--plan", plan)
    expect(code == DONE, "apply", text)
    expect({n: access_of(p) for n, p in files.items()} == before, "access after apply")
    backup = os.path.join(scene.base, "backup")
    code, text = scene.weft("rollback")
    expect(code == DONE, "rollback", text)
    expect({n: access_of(p) for n, p in files.items()} == before, "access after rollback")
    code, text = scene.weft("apply", "--plan", plan, "--backup", backup)
    expect(code == DONE, "apply with a backup", text)
    expect(access_of(os.path.join(backup, "pkg/list.py"))[0] & 0o077 == 0, "the copy lets the group in")


def access_that_cannot_stay(options, scratch, user):
    """A list that cannot be given to the new file: nothing is written."""
    scene = Scene(options, scratch, user)
    scene.write("tree/pkg/a.py")
    scene.own()
    os.setxattr(os.path.join(scene.tree, "pkg/a.py"), "system.posix_acl_access", LIST)
    before = surroundings(scene.tree)
    log = os.path.join(scene.base, "log")
    copy = os.path.join(scene.base, "copy")
    subprocess.run(["cp", "-a", scene.tree, copy], check=True)
    tree, scene.tree = scene.tree, copy
    code, text = scene.weft("apply", "--plan", scene.plan(CHANGE), old_kernel=True, environment={"FAULT_LOG": log})
    expect(code == DONE, "apply", text)
    scene.tree = tree
    with open(log, encoding="utf-8") as file:
        point = next(int(n) for n, call, *_ in map(str.split, file) if call == "attribute")
    code, text = scene.weft("apply", "--plan", scene.plan(CHANGE), fault=(point, "eacces"))
    expect(code == ROLLED_BACK and "'pkg/a.py' cannot be written" in text, "the failure", f"{code} {text}")
    after = {p: c for p, c in surroundings(scene.tree).items() if not p.startswith(".weft")}
    expect(after == before, "the tree after it")


def special_bits(options, scratch, user):
    """A file with the set-user-ID bit is not written at all."""
    scene = Scene(options, scratch, user)
    scene.write("tree/pkg/a.py")
    scene.own()
    os.chmod(os.path.join(scene.tree, "pkg/a.py"), 0o4644)
    run_all(scene, [["apply", "--plan", scene.plan(CHANGE)]], "set-user-ID", (ROLLED_BACK,), "setuid")


def copied_with_the_tree(options, scratch, user):
    """A journal with the right key is good in its own tree: moved, or copied to the same place, and no other copy."""
    for number, place in enumerate(("copied", "moved", "put back")):
        scene = Scene(options, os.path.join(scratch, str(number)), user)
        scene.applied()
        kept, there = scene.tree, os.path.join(scene.base, "there")
        if place == "moved":
            os.rename(scene.tree, there)
        else:
            subprocess.run(["cp", "-a", scene.tree, there], check=True)
        scene.tree = there
        if place == "put back":
            os.rename(kept, os.path.join(scene.base, "aside"))
            os.rename(there, kept)
            scene.tree = kept
        if place == "copied":
            run_all(scene, [["status"], ["resume"], ["rollback"], ["prune"]],
                    "copied", (WRONG, ROLLED_BACK), "a copy")
            code, text = scene.weft("rollback", "--adopt", "--yes")
        else:
            code, text = scene.weft("rollback")
        expect(code == DONE, f"{place}: the rollback", f"{code} {text}")
        with open(os.path.join(scene.tree, "pkg/a.py"), "rb") as file:
            expect(file.read() == OLD, f"{place}: the bytes after it")


ATTACKS = (forged_journals, copied_with_the_tree, forged_modes, forged_and_harmless, forged_plans, forged_later_plans, links_in_weft,
           other_things_in_weft, another_owner, tracked_by_git, links_in_the_tree, root_in_the_tree_of_another,
           many_make_the_key, killed_while_making_the_key, unusable_keys, later_versions, access_stays, access_that_cannot_stay, special_bits)
ON_OLD_KERNELS = (forged_journals, links_in_the_tree)


def attempt(attack, options, user, old_kernel):
    options.old_kernel = old_kernel
    with trees.scratch_folder() as scratch:
        os.chmod(scratch, 0o755)
        try:
            attack(options, scratch, user)
            return []
        except Failure as failure:
            return [f"{attack.__name__}, user {user}{', old kernel' if old_kernel else ''}: {failure}"]


def main():
    parser = argparse.ArgumentParser(description="attacks by a .weft that came with the tree")
    parser.add_argument("--weft", required=True)
    parser.add_argument("--fault", required=True, help="the library built from fault.c")
    parser.add_argument("--every", type=int, default=1, help="of the forged journals and of the faults, each N-th only")
    parser.add_argument("names", nargs="*", help="attacks; all when there are none")
    options = parser.parse_args()
    users = [os.geteuid()] + [NOBODY] * (os.geteuid() == 0)
    if len(users) == 1:
        print("only root can run weft as two users; root's half is skipped")
    failures, count = [], 0
    with trees.scratch_folder() as scratch:
        os.chmod(scratch, 0o755)
        options.programs = {u: os.path.abspath(options.weft) for u in users}
        options.shims = {u: os.path.abspath(options.fault) for u in users}
        if NOBODY in users:
            options.programs[NOBODY] = trees.program_for(NOBODY, options.weft, scratch)
            options.shims[NOBODY] = os.path.join(os.path.dirname(options.programs[NOBODY]), "fault.so")
            trees.shutil.copy(options.fault, options.shims[NOBODY])
        for attack in ATTACKS:
            if options.names and attack.__name__ not in options.names:
                continue
            for user, old_kernel in itertools.product(users, (False, True)):
                if not old_kernel or attack in ON_OLD_KERNELS:
                    count += 1
                    failures += attempt(attack, options, user, old_kernel)
    trees.main_result(failures, f"{count} attacks, {len(failures)} wrong")


if __name__ == "__main__":
    sys.exit(main())
