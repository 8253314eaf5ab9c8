"""Trees, plans and faulty runs of weft for the tests in this folder."""
import atexit
import glob
import hashlib
import hmac
import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import state_folder

KILLED = -9
DONE, WRONG, INCOMPLETE, STALE, ROLLED_BACK, INTERRUPTED = 0, 2, 3, 4, 5, 6
TIMEOUT = 60
NOBODY = 65534


class Failure(Exception):
    pass


def scratch_folder():
    """In memory where there is such a place: the tests sync thousands of files."""
    memory = "/dev/shm"
    base = memory if os.path.isdir(memory) and os.access(memory, os.W_OK) else None
    return tempfile.TemporaryDirectory(prefix="weft-crash-", dir=base)


def write_key(state):
    """A user's key in the state folder STATE, as weft makes one; returns it."""
    key = hashlib.sha256(b"a key for tests").digest()
    folder = os.path.join(state, "weft")
    os.makedirs(folder, mode=0o700, exist_ok=True)
    with open(os.path.join(folder, "key"), "w", encoding="utf-8", opener=lambda p, f: os.open(p, f, 0o600)) as file:
        file.write(f"weft-key 1\n{key.hex()}\n")
    return key


# With a key in it, so that a run makes the same changes whether it is the first one or not.
STATE = state_folder.STATE
KEY = write_key(STATE)


def program_for(user, program, scratch):
    """A copy of PROGRAM that USER can run: the checkout may lie below a folder that only its owner may
    enter, and memory file systems are often mounted without the right to execute."""
    for place in (scratch, tempfile.gettempdir(), "/var/tmp"):
        copy = os.path.join(tempfile.mkdtemp(prefix="weft-program-", dir=place), "weft")
        atexit.register(shutil.rmtree, os.path.dirname(copy), ignore_errors=True)
        shutil.copy(program, copy)
        os.chmod(os.path.dirname(copy), 0o755)
        os.chmod(copy, 0o755)
        try:
            done = subprocess.run([copy, "--version"], cwd="/", capture_output=True, user=user, group=user,
                                  extra_groups=[], check=False)
        except PermissionError:
            continue
        if done.returncode == DONE:
            return copy
    raise Failure(f"user {user} can run {program} from no temporary folder")


def blob_id(data):
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


def snapshot(tree):
    """path -> (mode, bytes), None for a folder; .weft is not part of the tree."""
    found = {}
    for folder, folders, files in os.walk(tree):
        if folder == str(tree):
            folders.remove(".weft") if ".weft" in folders else None
        for name in folders:
            found[os.path.relpath(os.path.join(folder, name), tree)] = None
        for name in files:
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                mode = stat.S_IMODE(os.stat(path).st_mode)
                found[os.path.relpath(path, tree)] = (mode, file.read())
    return found


def differences(expected, actual):
    return sorted(p for p in expected.keys() | actual.keys() if expected.get(p, 0) != actual.get(p, 0))


def expect_tree(expected, tree, what):
    actual = snapshot(tree)
    if actual != expected:
        raise Failure(f"{what}: differs at {differences(expected, actual)[:5]}")


def weft(program, tree, *args, fault=None, shim=None, log=None, free=None):
    """Runs weft in TREE; FAULT is (point, kind). Returns the exit code and what it said."""
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "XDG_STATE_HOME": STATE}
    if shim:
        environment["LD_PRELOAD"] = str(shim)
    if fault:
        environment |= {"FAULT_POINT": str(fault[0]), "FAULT_KIND": fault[1]}
    if log:
        environment["FAULT_LOG"] = str(log)
    if free is not None:
        environment["FAULT_FREE"] = str(free)
    done = subprocess.run([program, *args], cwd=tree, env=environment, stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=TIMEOUT)
    return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")


def status(program, tree):
    code, text = weft(program, tree, "status", "--format", "json")
    if code not in (DONE, INTERRUPTED):
        raise Failure(f"weft status exits with {code}: {text}")
    return json.loads(text)["runs"]


def record_digest(key, chain, text):
    return hmac.new(key, chain + text, hashlib.sha256).digest()


def sign_for(tree, key=KEY):
    """Makes the journals of a copied TREE those of this tree; what is not signed by KEY stays as it is."""
    place = f"{os.stat(tree).st_ino:x} {hashlib.sha256(os.path.realpath(tree).encode()).hexdigest()}".encode()
    for path in glob.glob(os.path.join(tree, ".weft/runs/*/journal")):
        with open(path, "rb") as file:
            lines = file.read().splitlines(keepends=True)
        old = new = bytes(32)
        for number, line in enumerate(lines):
            digest, _, text = line.rstrip(b"\n").partition(b" ")
            old = record_digest(key, old, text)
            if digest.decode("latin-1") != old.hex() or not line.endswith(b"\n"):
                break
            words = text.split(b" ")
            if number == 0 and words[1] in (b"3", b"4"):
                text = b" ".join([*words[:7], place, *words[9:]])
            new = record_digest(key, new, text)
            lines[number] = new.hex().encode() + b" " + text + b"\n"
        with open(path, "wb") as file:
            file.write(b"".join(lines))


def copy_tree(source, target):
    """A copy with the same runs, as if weft had carried them out there."""
    shutil.copytree(source, target, symlinks=True)
    sign_for(target)


def made_tree(root, count):
    """Writes COUNT - 6 files of several kinds and a plan that changes them and makes six more; returns
    the plan and the tree as it is to be afterwards."""
    files, expected = [], {}
    for number in range(count - 6):
        path = f"pkg{number % 7}/sub/module{number:02}.py" if number % 3 else f"module{number:02}.py"
        end = b"\r\n" if number % 5 == 0 else b"\n"
        before = end.join([b"# %d" % number, b"value = old_%d" % number] + [b"x = 1"] * (number * 7))
        mode = (0o644, 0o755, 0o600, 0o664)[number % 4]
        target = os.path.join(root, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "wb") as file:
            file.write(before)
        os.chmod(target, mode)
        at = before.index(b"old_")
        after = before[:at] + b"new" + before[at + 3:] + end + b"last = 1"
        edit = {"family": "config_system", "safety": "safe", "reason": "test"}
        files.append({
            "path": path, "action": "change", "mode": "100755" if mode & 0o100 else "100644",
            "blob": blob_id(before), "result": blob_id(after),
            "edits": [edit | {"start": at, "end": at + 3, "text": "new"},
                      edit | {"start": len(before), "end": len(before),
                              "text": (end + b"last = 1").decode()}]})
        expected[path] = (mode, after)
    for number in range(6):
        path = f"made/deep{number % 2}/new{number}.py"
        text = f"new = {number}\n"
        files.append({"path": path, "action": "create", "mode": "100644",
                      "result": blob_id(text.encode()), "text": text})
        expected[path] = (0o644, text.encode())
    plan = {"schema_version": 1,
            "made_by": {"weft": "0", "tree-sitter": "0", "tree-sitter-python": "0", "packs": "",
                        "rules": []},
            "types": ["config_system"], "files": sorted(files, key=lambda f: f["path"])}
    for path in list(expected):
        while os.path.dirname(path):
            path = os.path.dirname(path)
            expected[path] = None
    return plan, expected


def main_result(failures, text):
    for failure in failures[:20]:
        print("FAILED:", failure)
    print(text)
    sys.exit(1 if failures else 0)
