#!/usr/bin/env python3
"""Facts found in parts, each by a run of its own: the plan is the one of a single run, and nobody else's facts count.

usage: run_shards.py --weft PROGRAM --fixture FOLDER [--ssh]

  bytes    the same plan, diff and report from 1, 3 and 7 parts, whatever their order and threads; no file is parsed again
  edit     a file that changed since, or is in no part, is parsed, and the rest is not
  hostile  a byte changed, cut short, another user's key, another build, rows that lie outside: refused, nothing is planned
  c        facts of C are not found in parts, which is said

With --ssh instead: GNU parallel hands the parts to sshd on the loopback, which this test starts with keys of its own, and
the plan is made of what comes back. 77 where these programs are missing.
"""
import argparse
import getpass
import hashlib
import hmac
import os
import re
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import state_folder  # noqa: F401

SECRET = "0123456789abcdef0123456789abcdef"
MAGIC = b"weft shard 1\n"
HEAD = struct.Struct("<32sIIQ")  # build, part, parts, entries
ROW = struct.Struct("<32sQQ")
SKIPPED = 77


class Failure(Exception):
    pass


class Place:
    def __init__(self, weft, fixture, folder):
        self.weft, self.folder = weft, Path(folder)
        self.tree = self.folder / "tree"
        shutil.copytree(fixture, self.tree)
        self.environment = dict(os.environ, WEFT_FACTS_KEY=SECRET)

    def run(self, *args, good=(0,), tree=None, **variables):
        done = subprocess.run([self.weft, *args], cwd=tree or self.tree, capture_output=True,
                              env=dict(self.environment, **variables))
        if done.returncode not in good:
            raise Failure(f"{args} ended with {done.returncode}: {done.stderr.decode()[-600:]}")
        return done

    def parts(self, count, *args):
        files = [self.folder / f"part-{count}-{i}" for i in range(1, count + 1)]
        for i, file in enumerate(files):
            self.run("facts", "--shard", f"{i + 1}/{count}", "-o", str(file), *args)
        return files


def given(files):
    return [word for file in files for word in ("--facts", str(file))]


def parsed(done):
    """How many files of the tree --stats says were parsed, and how many were in --facts."""
    words = done.stderr.decode().split("of these: ")[1].split()
    return int(words[0]), int(words[5])


def check_bytes(place):
    commands = [("plan", "--no-cache"), ("diff", "--no-cache"), ("report", "--no-cache", "--format", "json")]
    alone = [place.run(*command).stdout for command in commands]
    for count in (1, 3, 7):
        files = place.parts(count, "-j", "1")
        again = [file.read_bytes() for file in files]
        if [file.read_bytes() for file in place.parts(count, "-j", "4")] != again:
            raise Failure(f"{count} parts: their bytes depend on the threads")
        for command, single in zip(commands, alone):
            done = place.run(*command, "--stats", *given(reversed(files)))
            if done.stdout != single:
                raise Failure(f"{count} parts: {command[0]} says something else")
            if parsed(done)[0] != 0:
                raise Failure(f"{count} parts: {command[0]} parsed {parsed(done)[0]} files")
    other = place.folder / "elsewhere"
    shutil.copytree(place.tree, other)
    done = place.run("plan", "--no-cache", "--stats", *given(files), tree=other)
    if done.stdout != alone[0] or parsed(done)[0] != 0:
        raise Failure("facts do not count for the same tree in another place")


def check_edit(place):
    files = place.parts(3)
    file = next(path for path in sorted(place.tree.rglob("*.py")) if b"def " in path.read_bytes())
    before = file.read_bytes()
    file.write_bytes(before + b"\n\nAFTER = 1\n")
    single = place.run("plan", "--no-cache").stdout
    done = place.run("plan", "--no-cache", "--stats", *given(files))
    if done.stdout != single or parsed(done)[0] != 1:
        raise Failure(f"after an edit {parsed(done)[0]} files were parsed")
    file.write_bytes(before)
    done = place.run("plan", "--no-cache", "--stats", *given(files[:1]))
    if done.stdout != place.run("plan", "--no-cache").stdout or 0 in parsed(done):
        raise Failure("one part of three does not do with the rest of the tree")


def signed(body):
    return MAGIC + hmac.new(hashlib.sha256(SECRET.encode()).digest(), MAGIC + body, hashlib.sha256).digest() + body


def hostile_files(good):
    """Each with what weft says of it."""
    body = good[len(MAGIC) + 32:]
    if signed(body) != good:
        raise Failure("the format is not the one that this test knows")
    build, part, parts, count = HEAD.unpack_from(body)
    rows = body[HEAD.size:]
    first = ROW.unpack_from(rows)
    outside = ROW.pack(first[0], len(body), 8) + rows[ROW.size:]
    longer = ROW.pack(first[0], 0, 2 ** 64 - 1) + rows[ROW.size:]
    changed = bytearray(good)
    changed[len(good) // 2] ^= 1
    yield "a byte", bytes(changed), "was changed since"
    yield "the mark", good[:20] + bytes([good[20] ^ 1]) + good[21:], "was changed since"
    yield "cut short", good[:-1], "was changed since"
    yield "its head alone", good[:40], "not whole"
    yield "nothing", b"", "not whole"
    yield "another build", signed(HEAD.pack(bytes(32), part, parts, count) + rows), "another build"
    yield "too many rows", signed(HEAD.pack(build, part, parts, 2 ** 63) + rows), "not whole"
    yield "a row outside", signed(HEAD.pack(build, part, parts, count) + outside), "not whole"
    yield "a row longer than all", signed(HEAD.pack(build, part, parts, count) + longer), "not whole"


def refuse(place, what, says, *args, **variables):
    done = place.run("plan", "--no-cache", *args, good=(2,), **variables)
    text = done.stderr.decode()
    if "E908" not in text or says not in text or done.stdout:
        raise Failure(f"{what}: {text[-400:]}")


def check_hostile(place):
    file = place.parts(1)[0]
    forged = place.folder / "forged"
    for what, bytes_, says in hostile_files(file.read_bytes()):
        forged.write_bytes(bytes_)
        refuse(place, what, says, "--facts", str(forged))
    refuse(place, "another secret", "not made with your key", "--facts", str(file), WEFT_FACTS_KEY=SECRET[::-1])
    refuse(place, "a short secret", "too short", "--facts", str(file), WEFT_FACTS_KEY="short")
    own = place.folder / "own"
    state = {"WEFT_FACTS_KEY": "", "XDG_STATE_HOME": str(place.folder / "state")}
    place.run("facts", "-o", str(own), **state)
    if parsed(place.run("plan", "--no-cache", "--stats", "--facts", str(own), **state))[0] != 0:
        raise Failure("the user's own facts do not count")
    zero = place.folder / "zero"  # by the key of who has none
    body = own.read_bytes()[len(MAGIC) + 32:]
    zero.write_bytes(MAGIC + hmac.new(bytes(32), MAGIC + body, hashlib.sha256).digest() + body)
    others = dict(state, XDG_STATE_HOME=str(place.folder / "other"))
    refuse(place, "no key", "you have made none", "--facts", str(zero), **others)
    place.run("facts", "-o", str(place.folder / "theirs"), **others)
    refuse(place, "another user", "not made with your key", "--facts", str(own), **others)
    (place.tree / "out").symlink_to(own)
    if "E901" not in place.run("plan", "--facts", "out", good=(2,), **state).stderr.decode():
        raise Failure("facts are read through a link that leaves the tree")


def check_c(place):
    tree = place.folder / "c"
    tree.mkdir()
    (tree / "weft.yml").write_text("""\
version: 1
language: c
context: { parameter: ctx, type: "struct ctx *", ambient: current }
sinks:
  - { id: it, family: config, symbol: it, replace: "{context}->it" }
""")
    (tree / "a.c").write_text("int it;\nint a(void) { return it; }\n")
    done = place.run("facts", "-o", str(place.folder / "c.facts"), good=(2,), tree=tree)
    if not re.search("E908|E906", done.stderr.decode()) or (place.folder / "c.facts").exists():
        raise Failure(f"C: {done.stderr.decode()}")


# ---- other machines ------------------------------------------------------------------------------
def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def start_sshd(folder):
    """An sshd for this user alone, and the words by which ssh reaches it."""
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    for name in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True)
    shutil.copy(folder / "user.pub", folder / "authorized")
    port = free_port()
    (folder / "sshd_config").write_text(f"""Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host
AuthorizedKeysFile {folder}/authorized
PidFile {folder}/pid
StrictModes no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
AcceptEnv WEFT_FACTS_KEY
""")
    server = subprocess.Popen([shutil.which("sshd") or "/usr/sbin/sshd", "-D", "-e", "-f", str(folder / "sshd_config")],
                              stderr=open(folder / "sshd.log", "w"))
    words = ["ssh", "-p", str(port), "-i", str(folder / "user"), "-o", f"UserKnownHostsFile={folder}/known",
             "-o", "StrictHostKeyChecking=no", "-o", "SendEnv=WEFT_FACTS_KEY", "-o", "LogLevel=ERROR", "-F", "none"]
    return server, words


def wait_for(words, environment):
    until = time.monotonic() + 60
    while subprocess.run([*words, f"{getpass.getuser()}@127.0.0.1", "true"], env=environment, stderr=subprocess.DEVNULL).returncode != 0:
        if time.monotonic() > until:
            raise Failure("sshd does not answer")
        time.sleep(0.1)


def check_ssh(place):
    folder = place.folder / "ssh"
    folder.mkdir(mode=0o700)
    server, words = start_sshd(folder)
    environment = dict(place.environment, PARALLEL_SSH=" ".join(words), PARALLEL_HOME=str(folder / "parallel"))
    try:
        wait_for(words, environment)
        subprocess.run(["parallel", "--will-cite", "-j2", "--sshlogin", f"{getpass.getuser()}@127.0.0.1",
                        f"cd {place.tree} && {place.weft} facts -q --shard {{}}/4 -o {place.folder}/far-{{}}", ":::", "1", "2", "3", "4"],
                       env=environment, check=True, timeout=200)
    finally:
        server.terminate()
        server.wait()
    done = place.run("plan", "--no-cache", "--stats", *given(place.folder / f"far-{i}" for i in range(1, 5)))
    if done.stdout != place.run("plan", "--no-cache").stdout or parsed(done)[0] != 0:
        raise Failure(f"the plan of four parts is another one, or {parsed(done)[0]} files were parsed")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weft", required=True)
    parser.add_argument("--fixture", required=True)
    parser.add_argument("--ssh", action="store_true")
    options = parser.parse_args()
    if options.ssh and not all(shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin") for name in ("parallel", "ssh", "sshd")):
        return SKIPPED
    checks = [check_ssh] if options.ssh else [check_bytes, check_edit, check_hostile, check_c]
    with tempfile.TemporaryDirectory() as folder:
        for i, check in enumerate(checks):
            below = Path(folder) / str(i)
            below.mkdir()
            try:
                check(Place(os.path.abspath(options.weft), options.fixture, below))
            except Failure as failure:
                print(f"FAILED {check.__name__}: {failure}")
                return 1
            print(f"ok {check.__name__}")
    return 0


sys.exit(main())
