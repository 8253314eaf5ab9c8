#!/usr/bin/python3
"""Hostile trees: no command starts a program, reads or writes outside the tree, or waits for ever.

    tests/e2e/run_hostile.py --weft build/release/weft [NAME]

    programs   every command in a repository with all tricks we know, under `strace -f -e trace=execve`
    links      links, "..", and absolute paths in every place where a tree names a file
    above      a tree of another user above the current folder
    queues     FIFOs, devices and a huge file in the place of sources, rules and git's own files
    plans      plans for data whose statements reach for other files
    compiled   C sources and compile databases that a compiler never comes back from, or that name files elsewhere

All of it runs as the user who runs the test; as root once more as nobody, where the system has it.
"""
import argparse
import contextlib
import itertools
import json
import os
import pwd
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

SECRET = "the-secret-of-somebody-else"
SCAN = ("scan", "--pattern", "import $X")
RULES = """version: 1
context: { parameter: context, type: app.iso.Context, ambient: app.iso.current }
exclude: [app/iso.py]
sinks:
  - { id: config, family: config_system, symbol: app.config.settings, replace: "app.iso.get({context})" }
boundaries:
  - { id: inbound, function: app.bot.answer, origin: message, create: "app.iso.context_of({parameter:raw})" }
"""
COMMANDS = "verify:\n  commands:\n    - { name: a, run: [./evil, list] }\n    - { name: b, run: \"./evil shell\" }\n"
FILES = {
    "app/__init__.py": "", "app/config.py": "settings = {}\n",
    "app/iso.py": "class Context: ...\ndef current(): ...\ndef get(context): ...\ndef context_of(raw): ...\n",
    "app/bot.py": "from app.config import settings\n\ndef work():\n    return settings['a']\n\ndef answer(raw):\n    return work()\n",
}  # fmt: skip


class Failure(Exception):
    pass


class Place:
    """A folder with a tree in it, a home beside it, and somebody else's secret."""

    def __init__(self, weft, folder, user=None):
        self.weft, self.folder, self.user = weft, Path(folder).resolve(), user
        self.tree = self.folder / "tree"
        self.home = self.folder / "home"
        self.secret = self.folder / "secret"
        for path in (self.tree, self.home, self.secret):
            path.mkdir()
        (self.secret / "file").write_text(SECRET + "\n")
        (self.secret / "file.py").write_text("import " + SECRET.replace("-", "_") + "\n")
        for path, text in FILES.items():
            self.write(path, text)
        self.write("weft.yml", RULES)

    def write(self, path, text, mode=0o644):
        target = self.tree / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
        target.chmod(mode)

    def link(self, path, target):
        link = self.tree / path
        link.parent.mkdir(parents=True, exist_ok=True)
        if link.is_symlink() or link.exists():
            link.unlink()
        link.symlink_to(target)

    def environment(self):
        return {"PATH": f"{self.tree}:.:/usr/bin:/bin", "HOME": str(self.home), "LC_ALL": "C.UTF-8", "GIT_CONFIG_NOSYSTEM": "1",
                **{k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}}  # fmt: skip

    def git(self, *args):
        subprocess.run(["git", "-C", str(self.tree), "-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "core.fsmonitor=false",
                        "-c", "core.hooksPath=/dev/null", *args], check=True, capture_output=True, env={**self.environment(), "PATH": "/usr/bin:/bin"})  # fmt: skip

    def give(self):
        """All of it to the user of the test."""
        if self.user is not None:
            for path in (self.folder, *self.folder.rglob("*")):
                os.chown(path, self.user.pw_uid, self.user.pw_gid, follow_symlinks=False)

    def session(self):
        """What an editor says that opens the tree, asks for something and goes."""
        uri = (self.tree / "app/bot.py").as_uri()
        place = {"textDocument": {"uri": uri}, "position": {"line": 3, "character": 12}}
        messages = [{"id": 1, "method": "initialize", "params": {"workspaceFolders": [{"uri": self.tree.as_uri(), "name": "x"}]}},
                    {"id": 2, "method": "textDocument/hover", "params": place}, {"id": 3, "method": "textDocument/codeLens", "params": place},
                    {"id": 4, "method": "shutdown"}, {"method": "exit"}]
        texts = [json.dumps({"jsonrpc": "2.0", **message}) for message in messages]
        return "".join(f"Content-Length: {len(text)}\r\n\r\n{text}" for text in texts)

    def run(self, *args, before=(), timeout=60, below="", more=None):
        identity = {} if self.user is None else {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}
        environment = self.environment() | (more or {})
        if before:  # the search for leaks does not work below strace
            environment["ASAN_OPTIONS"] = environment.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
        try:
            done = subprocess.run([*before, self.weft, *args], cwd=self.tree / below, env=environment,
                                  input=self.session() if args[0] == "lsp" else "", capture_output=True, text=True, errors="replace", timeout=timeout, **identity)  # fmt: skip
        except subprocess.TimeoutExpired:
            raise Failure(f"weft {' '.join(args)} does not end") from None
        if done.returncode < 0 or "Sanitizer" in done.stderr:
            raise Failure(f"weft {' '.join(args)} crashes: {done.stderr}")
        return done

    def secrets(self):
        """What must stay as it is, and must not be seen."""
        return {str(p): p.read_bytes() for p in sorted(self.secret.rglob("*")) if p.is_file()}


# ---- programs ------------------------------------------------------------------------------------
EVERY_COMMAND = [
    ("lsp",), ("thread", "app.bot.work", "--parameter", "x", "--value", "1"),
    ("thread", "app.bot.work", "--parameter", "x", "--value", "1", "--apply", "--allow-dirty"), ("rollback",),
    ("scan",), SCAN, ("diff",), ("diff", "--stat"), ("plan",), ("plan", "-o", "plan.json"), ("diff", "--plan", "plan.json"), ("report",),
    ("report", "--format", "html:r.html", "--history", "h.jsonl"), ("check", "--max-refused", "0"), ("check", "--changed-since", "HEAD"),
    ("check", "--baseline", "b.txt", "--update-baseline"), ("explain", "app.bot.work"),
    ("explain", "--dot", "app.bot.work"), ("report", "--serve"), ("status",), ("rules", "list"), ("rules", "check"),
    ("rules", "test", "."), ("rules", "schema"), ("rules", "show"), ("rules", "upgrade", "--to", "."),
    ("rules", "upgrade", "--to", ".", "--pack", "own.yml", "--write"), ("init", "-o", "-"), ("init", "-o", "new.yml"), ("resume",), ("rollback",), ("prune",),
    ("verify",), ("verify", "--before", "HEAD"), ("verify", "--no-commands"), ("cache",), ("cache", "clear"), ("watch",), ("facts", "-o", "all.facts"), ("plan", "--facts", "all.facts"),
    ("trust",), ("trust", "--list"),
    ("apply", "--dry-run"), ("apply", "--allow-dirty"), ("status",), ("rollback",), ("help",), ("completion", "bash"),
    ("rules", "new", "fresh"), ("api", "diff", ".", "--before", "HEAD"), ("api", "check", ".", "--before", "HEAD"), ("api", "usage"),
    ("api", "report"), ("api", "timeline"), ("data", "models"), ("data", "plan"), ("data", "plan", "-o", "d.json"),
    ("data", "check", "--target", "citus"), ("data", "grants", "--database", "bot.db", "--plan", "d.json"),
    ("data", "apply", "--database", "bot.db", "--plan", "d.json", "--yes"), ("data", "status", "--database", "bot.db"),
    ("data", "pause", "--database", "bot.db"), ("data", "resume", "--database", "bot.db"), ("data", "tenant", "list", "--database", "bot.db"),
    ("data", "cancel", "--database", "bot.db"), ("data", "rollback", "--database", "bot.db", "--yes"), ("preflight",),
    ("migrate", "plan", "-o", "m.json"), ("migrate", "run", "--plan", "m.json"), ("migrate", "status"), ("migrate", "report"),
    ("migrate", "pause"), ("migrate", "resume"), ("migrate", "cancel"), ("migrate", "rollback"),
    ("monitor", "--prom", "m.prom", "--alerts", "m.yml", "--grafana", "g.json", "--systemd", ".", "--cron"), ("monitor", "--serve", "0"),
]  # fmt: skip
# What the user's own PATH has, and weft itself; everything else is what a tree wants.
PYTHON = "/usr/bin/python3"
STARTED = {"preflight": {PYTHON}, "migrate": {PYTHON, "/proc/self/exe"}}
CONFIG = """[core]
    fsmonitor = {evil}
    pager = {evil}
    editor = {evil}
    hooksPath = hooks
    sshCommand = {evil}
    gitProxy = {evil}
    alternateRefsCommand = {evil}
    attributesFile = attributes
[filter "evil"]
    clean = {evil}
    smudge = {evil}
    process = {evil}
    required = true
[diff "evil"]
    textconv = {evil}
    command = {evil}
[merge "evil"]
    driver = {evil}
[diff]
    external = {evil}
[credential]
    helper = !{evil}
[pager]
    diff = {evil}
[alias]
    status = !{evil}
[include]
    path = more
"""


def make_hostile(place):
    evil = place.tree / "evil"
    place.write("evil", f"#!/bin/sh\necho ran >> {place.folder}/ran\n", 0o755)
    for name in ("git", "less", "more", "vi", "python3", "sh", "weft", "ruff", "pytest"):
        shutil.copy(evil, place.tree / name)
    base(place, place.tree / "bot.db")
    place.write("weft.yml", with_data() + COMMANDS)
    place.write(".gitattributes", "* filter=evil diff=evil merge=evil ident text\n")
    place.write("conftest.py", f"open({str(place.folder / 'ran')!r}, 'w')\n")
    place.write("sitecustomize.py", f"open({str(place.folder / 'ran')!r}, 'w')\n")
    place.write(".envrc", "./evil\n")
    place.git("init", "-q", "-b", "main")
    place.git("add", "-A")
    place.git("commit", "-q", "-m", "first")
    git = place.tree / ".git"
    with open(git / "config", "a") as config:
        config.write(CONFIG.format(evil=evil))
    (git / "more").write_text(f"[core]\n    fsmonitor = {evil}\n")
    (git / "attributes").write_text("* filter=evil diff=evil\n")
    (git / "info/attributes").write_text("* filter=evil diff=evil\n")
    for folder in (git / "hooks", place.tree / "hooks"):
        folder.mkdir(exist_ok=True)
        for hook in ("post-checkout", "pre-commit", "post-index-change", "fsmonitor-watchman", "post-merge", "reference-transaction"):
            shutil.copy(evil, folder / hook)
    place.write(".weft/runs/1/journal.json", '{"run": ["./evil"], "command": "./evil", "hooks": ["./evil"]}')
    place.write(".weft/hooks/pre-apply", "./evil", 0o755)
    place.write("app/bot.py", FILES["app/bot.py"] + "# changed\n")
    place.give()


def untried(place):
    """Commands, and their words, that EVERY_COMMAND leaves out."""
    script = place.run("completion", "bash").stdout
    commands = re.search(r"words='([^']*)'", script[script.index("-eq 1"):])[1].split()
    words = {(name,) for name in commands if not name.startswith("-")}
    words |= {(name, word) for name, firsts in re.findall(r"^    (\w+)\) words='[^']*'; first='([^']+)'", script, re.M)
              for word in firsts.split()}
    return sorted(words - {args[:length] for args in EVERY_COMMAND for length in (1, 2)})


def programs(place):
    if shutil.which("strace") is None:
        raise Failure("strace is not installed")
    make_hostile(place)
    if untried(place):
        raise Failure(f"not tried: {untried(place)}")
    trace = place.folder / "trace"
    trace.touch(mode=0o666)
    trace.chmod(0o666)
    for args in EVERY_COMMAND:
        allowed = STARTED.get(args[0], set())
        ended = ()
        if args[0] == "watch" or "--serve" in args:  # it ends by a signal alone
            ended, allowed = ("/usr/bin/timeout", "--preserve-status", "3"), {place.weft}
        done = place.run(*args, before=("strace", "-f", "-qq", "-e", "trace=execve,execveat", "-o", str(trace), *ended), timeout=120,
                         more={"PATH": "/usr/bin:/bin"} if PYTHON in allowed else None)
        started = [line for line in trace.read_text().splitlines() if "exec" in line]
        others = {re.search(r'"([^"]*)"', line)[1] for line in started[1:]} - allowed
        if others or not started:
            raise Failure(f"weft {' '.join(args)} starts programs:\n" + "\n".join(started) + "\n" + done.stderr)
        if (place.folder / "ran").exists():
            raise Failure(f"weft {' '.join(args)} runs what the tree says")
    # The trap would have closed: asked for, the same commands run.
    place.run("verify", "--commands")
    if not (place.folder / "ran").exists():
        raise Failure("--commands does not run the commands: the test cannot fail")


# ---- links ---------------------------------------------------------------------------------------
def pack(place, path, extra=""):
    place.write(f"{path}/own.yml", RULES + extra)


def base(place, path=None):
    """A database; its path. That of somebody else has a secret for a name."""
    path = path or place.secret / "base.db"
    with contextlib.closing(sqlite3.connect(path)) as opened:
        name = "message" if path.parent == place.tree else SECRET.replace("-", "_")
        opened.executescript(f"CREATE TABLE {name} (id INTEGER PRIMARY KEY, body TEXT); INSERT INTO {name} (body) VALUES ('x');")
    return path


def with_data(_made=None, database="bot.db", owners=None):
    """weft.yml with rules for the rows of a database."""
    named = f", owners: {{ file: {owners}, column: body }}" if owners else ""
    return RULES + (f"data:\n  database: {database}\n  dimensions: {{ tenant_id: {{ default: default }} }}\n"
                    f"  tables: [{{ table: message, keys: [tenant_id]{named} }}]\n")


def with_api():
    return RULES + "api: { usage: usage, counter: app.legacy.count }\n"


LINKED = {
    "weft.yml is a link": (lambda p: p.link("weft.yml", p.secret / "file"), ("scan",)),
    "weft.yml is a link that leads nowhere": (lambda p: p.link("weft.yml", p.secret / "none"), ("scan",)),
    "packs: ../": (lambda p: p.write("weft.yml", "version: 1\npacks: [../secret/file]\n"), ("scan",)),
    "packs: /": (lambda p: p.write("weft.yml", f"version: 1\npacks: [{p.secret}/file]\n"), ("scan",)),
    "packs: a link to a file": (lambda p: (p.link("own.yml", p.secret / "file"), p.write("weft.yml", "version: 1\npacks: [own.yml]\n")), ("scan",)),
    "packs: a folder with a link": (lambda p: (p.link("own/own.yml", p.secret / "file"), p.write("weft.yml", "version: 1\npacks: [own]\n")), ("rules", "check")),
    "packs: a linked folder": (lambda p: (shutil.copy(p.secret / "file", p.secret / "secret.yml"), p.link("own", p.secret), p.write("weft.yml", "version: 1\npacks: [own]\n")), ("scan",)),
    "runtime: a linked folder": (lambda p: (p.link("more", p.secret), p.write("weft.yml", RULES + "runtime: { folder: more }\n")), ("diff",)),
    "runtime: below a linked folder": (lambda p: ((p.secret / "in").mkdir(), shutil.copy(p.secret / "file.py", p.secret / "in"), p.link("more", p.secret), p.write("weft.yml", RULES + "runtime: { folder: more/in }\n")), ("plan",)),
    "runtime: a file that is a link": (lambda p: (p.link("more/x.py", p.secret / "file.py"), p.write("weft.yml", RULES + "runtime: { folder: more }\n")), ("diff",)),
    "runtime: ../": (lambda p: p.write("weft.yml", RULES + "runtime: { folder: ../secret }\n"), ("diff",)),
    "support: a link": (lambda p: (p.link("s.py", p.secret / "file.py"), p.write("weft.yml", RULES + "verify: { regression: { context: \"c({tenant})\", support: s.py } }\n")), ("verify", "--write-tests", "t")),
    "baseline: ../": (lambda p: p.write("weft.yml", RULES + "check: { baseline: ../secret/file }\n"), ("check", "--update-baseline")),
    "baseline: /": (lambda p: p.write("weft.yml", RULES + f"check: {{ baseline: {p.secret}/file }}\n"), ("check",)),
    "baseline: a link": (lambda p: (p.link("b.txt", p.secret / "file"), p.write("weft.yml", RULES + "check: { baseline: b.txt }\n")), ("check", "--update-baseline")),
    "baseline: in a linked folder": (lambda p: (p.link("b", p.secret), p.write("weft.yml", RULES + "check: { baseline: b/new }\n")), ("check", "--update-baseline")),
    "--baseline a link": (lambda p: p.link("b.txt", p.secret / "file"), ("check", "--baseline", "b.txt", "--update-baseline")),
    "--history a link": (lambda p: p.link("h.jsonl", p.secret / "file"), ("report", "--history", "h.jsonl")),
    "--history a new file in a linked folder": (lambda p: p.link("h", p.secret), ("report", "--history", "h/new")),
    "report -o a link": (lambda p: p.link("r.html", p.secret / "file"), ("report", "--format", "html", "-o", "r.html")),
    "report to a link that leads nowhere": (lambda p: p.link("r.html", p.secret / "new"), ("report", "--format", "html:r.html")),
    "check to a linked folder": (lambda p: p.link("out", p.secret), ("check", "--max-refused", "9", "--format", "json:out/r.json")),
    "plan -o a link": (lambda p: p.link("plan.json", p.secret / "file"), ("plan", "-o", "plan.json")),
    "plan --split into a linked folder": (lambda p: p.link("out", p.secret), ("plan", "--split", "family", "-o", "out/new")),
    "init into a linked folder": (lambda p: p.link("out", p.secret), ("init", "-o", "out/new.yml")),
    "init, weft.yml leads nowhere": (lambda p: p.link("weft.yml", p.secret / "new"), ("init",)),
    "--write-tests a linked folder": (lambda p: (p.link("t", p.secret), p.write("weft.yml", RULES + "verify: { regression: { context: \"c({tenant})\" } }\n")), ("verify", "--write-tests", "t")),
    "database: ../": (lambda p: p.write("weft.yml", with_data(base(p), "../secret/base.db")), ("data", "plan")),
    "database: /": (lambda p: p.write("weft.yml", with_data(base(p), f"{p.secret}/base.db")), ("data", "plan")),
    "database: a link": (lambda p: (p.link("bot.db", base(p)), p.write("weft.yml", with_data())), ("data", "plan")),
    "database: in a linked folder": (lambda p: (base(p), p.link("data", p.secret), p.write("weft.yml", with_data(None, "data/base.db"))), ("data", "plan")),
    "database: ../ of a migration": (lambda p: p.write("weft.yml", with_data(base(p), "../secret/base.db")), ("migrate", "plan")),
    "database: ../ before a migration": (lambda p: p.write("weft.yml", with_data(base(p), "../secret/base.db")), ("preflight",)),
    "--database a link": (lambda p: (p.link("bot.db", base(p)), p.write("weft.yml", with_data())), ("data", "plan", "--database", "bot.db")),
    "--database a link, read": (lambda p: p.link("bot.db", base(p)), ("data", "status", "--database", "bot.db")),
    "--backup a linked folder": (lambda p: (base(p, p.tree / "bot.db"), p.link("b", p.secret)), ("data", "status", "--database", "bot.db", "--backup", "b")),
    "a new pack in a linked folder": (lambda p: p.link("own", p.secret), ("rules", "new", "own")),
    "owners: ../": (lambda p: (base(p, p.tree / "bot.db"), p.write("weft.yml", with_data(None, owners="../secret/file"))), ("data", "plan")),
    "owners: /": (lambda p: (base(p, p.tree / "bot.db"), p.write("weft.yml", with_data(None, owners=f"{p.secret}/file"))), ("data", "plan")),
    "owners: a link": (lambda p: (base(p, p.tree / "bot.db"), p.link("o.csv", p.secret / "file"), p.write("weft.yml", with_data(None, owners="o.csv"))), ("data", "plan")),
    "plan of data -o a link": (lambda p: (base(p, p.tree / "bot.db"), p.link("d.json", p.secret / "file"), p.write("weft.yml", with_data())), ("data", "plan", "-o", "d.json")),
    "plan of a migration -o a link": (lambda p: p.link("m.json", p.secret / "file"), ("migrate", "plan", "--no-data", "-o", "m.json")),
    "preflight --json a link": (lambda p: p.link("p.json", p.secret / "file"), ("preflight", "--json", "p.json")),
    "monitor --prom a link": (lambda p: p.link("m.prom", p.secret / "file"), ("monitor", "--prom", "m.prom")),
    "monitor --systemd a linked folder": (lambda p: p.link("units", p.secret), ("monitor", "--systemd", "units")),
    "usage: a linked folder": (lambda p: (p.link("usage", p.secret), p.write("weft.yml", with_api())), ("api", "usage")),
    "usage: a linked file": (lambda p: (p.write("usage/x", ""), p.link("usage/usage-1.json", p.secret / "file"), p.write("weft.yml", with_api())), ("api", "usage")),
    "api diff -o a link": (lambda p: p.link("a.json", p.secret / "file"), ("api", "diff", ".", ".", "--format", "json", "-o", "a.json")),
    "a source is a link": (lambda p: p.link("app/x.py", p.secret / "file.py"), SCAN),
    "a folder is a link": (lambda p: p.link("app/more", p.secret), SCAN),
    "a link through the file system's root": (lambda p: (p.link("root", "/"), p.link("x.py", f"root{p.secret}/file.py")), SCAN),
    "a test of a pack is a link": (lambda p: (pack(p, "own"), p.write("own/tests/t/before/a.py", "a = 1\n"), p.link("own/tests/t/before/b.py", p.secret / "file.py")), ("rules", "test", "own")),
    "the tests of a pack are a link": (lambda p: (pack(p, "own"), p.link("own/tests", p.secret)), ("rules", "test", "own")),
    ".gitignore is a link": (lambda p: p.link(".gitignore", p.secret / "file"), SCAN),
}  # fmt: skip


def links(place_of):
    for name, (prepare, args) in LINKED.items():
        with place_of() as place:
            prepare(place)
            place.give()
            before = place.secrets()
            done = place.run(*args)
            shown = done.stdout + done.stderr
            if SECRET in shown or SECRET.replace("-", "_") in shown:
                raise Failure(f"{name}: weft {' '.join(args)} shows a file outside the tree:\n{shown}")
            if place.secrets() != before:
                raise Failure(f"{name}: weft {' '.join(args)} writes outside the tree")
            for path in place.tree.rglob("*"):
                if not path.is_symlink() and path.is_file() and SECRET.replace("-", "_") in path.read_text(errors="replace"):
                    raise Failure(f"{name}: weft {' '.join(args)} copies a file from outside the tree to {path}")


# What a person names outside of the tree is theirs.
def named_by_the_user(place):
    place.give()
    out = place.secret / "report.html"
    if place.run("report", "--format", "html", "-o", "../secret/report.html").returncode != 0 or not out.exists():
        raise Failure("a report cannot be written where the user says")
    (place.secret / "own.yml").write_text(RULES)
    (place.tree / "weft.yml").unlink()
    if place.run("scan", "--pack", "../secret/own.yml").returncode != 0:
        raise Failure("a pack that the user names is not used")


# ---- queues --------------------------------------------------------------------------------------
QUEUES = {
    "a source": (lambda p: os.mkfifo(p.tree / "app/x.py"), 0),
    "a source that is named": (lambda p: os.mkfifo(p.tree / "x.py"), None, ("scan", "x.py")),
    "a link to a device": (lambda p: p.link("x.py", "/dev/zero"), 0),
    "a huge source": (lambda p: (p.write("x.py", ""), os.truncate(p.tree / "x.py", 1 << 40)), 0),
    "weft.yml": (lambda p: ((p.tree / "weft.yml").unlink(), os.mkfifo(p.tree / "weft.yml")), 2, ("scan",)),
    "a huge weft.yml": (lambda p: os.truncate(p.tree / "weft.yml", 1 << 40), 2, ("scan",)),
    "the baseline": (lambda p: os.mkfifo(p.tree / "b.txt"), 2, ("check", "--baseline", "b.txt")),
    "a usage file": (lambda p: (p.write("usage/x", ""), os.mkfifo(p.tree / "usage/usage-1.json"), p.write("weft.yml", with_api())), 2, ("api", "usage")),
    "the history": (lambda p: os.mkfifo(p.tree / "h"), 2, ("report", "--history", "h")),
    ".gitignore": (lambda p: os.mkfifo(p.tree / ".gitignore"), 0),
    "a .gitignore below": (lambda p: os.mkfifo(p.tree / "app/.gitignore"), 0),
    "git's HEAD": (lambda p: ((p.tree / ".git/HEAD").unlink(), os.mkfifo(p.tree / ".git/HEAD")), 0),
    "git's configuration": (lambda p: ((p.tree / ".git/config").unlink(), os.mkfifo(p.tree / ".git/config")), 0),
    "git's index": (lambda p: os.mkfifo(p.tree / ".git/index"), 0),
    "git's excludes": (lambda p: ((p.tree / ".git/info/exclude").unlink(missing_ok=True), os.mkfifo(p.tree / ".git/info/exclude")), 0),
    "core.excludesFile": (lambda p: (os.mkfifo(p.tree / "f"), p.git("config", "core.excludesFile", str(p.tree / "f"))), 0),
    "include.path": (lambda p: (os.mkfifo(p.tree / ".git/f"), p.write(".git/config", "[include] path = f\n")), 0),
    "an included file's include.path": (lambda p: (os.mkfifo(p.tree / ".git/f"), p.write(".git/more", "[include]\n\tpath = f\n"), p.write(".git/config", "[include]\n\tpath = more\n")), 0),
    "files that include each other": (lambda p: (p.write(".git/config", "[include]\n\tpath = config\n")), 0),
    ".git": (lambda p: (shutil.rmtree(p.tree / ".git"), os.mkfifo(p.tree / ".git")), 0),
}  # fmt: skip


def queues(place_of):
    for name, (prepare, status, *args) in QUEUES.items():
        with place_of() as place:
            place.git("init", "-q")
            prepare(place)
            place.give()
            args = args[0] if args else SCAN
            done = place.run(*args, timeout=100)
            if status is not None and done.returncode != status:
                raise Failure(f"{name}: weft {' '.join(args)} exits with {done.returncode} instead of {status}:\n{done.stderr}")


# ---- plans for data ------------------------------------------------------------------------------
REACHING = ["ATTACH '{secret}/base.db' AS other", "ATTACH '{secret}/new.db' AS other", "ATTACH 'file:{secret}/base.db?mode=rwc' AS other",
            "VACUUM INTO '{secret}/new.db'", "PRAGMA temp_store_directory = '{secret}'", "SELECT load_extension('{tree}/evil.so')",
            "SELECT writefile('{secret}/new', 'x')", "SELECT readfile('{secret}/file')", "CREATE VIRTUAL TABLE v USING csv(filename = '{secret}/file')"]
HARM = "UPDATE other.%s SET body = 'changed'" % SECRET.replace("-", "_")


def plans(place_of):
    """A plan for data has its statements with it. Those of somebody else reach no file but the database."""
    for sql, where, alone in itertools.product(REACHING, ("sql", "undo", "done"), (False, True)):
        with place_of() as place:
            base(place), base(place, place.tree / "bot.db")
            place.write("weft.yml", with_data())
            place.give()
            if place.run("data", "plan", "-o", "d.json").returncode != 0:
                raise Failure("there is no plan to change")
            plan = json.loads((place.tree / "d.json").read_text())
            sql = sql.format(secret=place.secret, tree=place.tree)
            step = plan["steps"][0]
            step[where] = sql if where == "done" else [sql] + [HARM] * ("AS other" in sql) + step[where]
            step["alone"] = alone
            place.write("d.json", json.dumps(plan))
            place.give()
            before = place.secrets()
            said = ""
            for args in (("data", "apply", "--yes", "--no-backup"), ("data", "resume", "--yes"), ("data", "rollback", "--yes")):
                done = place.run(*args, "--database", "bot.db", *(["--plan", "d.json"] if args[1] == "apply" else []))
                said += done.stdout + done.stderr
            if place.secrets() != before or SECRET in said:
                raise Failure(f"{sql} in '{where}', alone {alone}: another file is read or written:\n{said}")


# ---- C -------------------------------------------------------------------------------------------
C_RULES = """version: 1
language: c
families: [state]
context: { parameter: repo, type: "struct repository *", ambient: the_repository }
sinks:
  - { id: repository, family: state, symbol: the_repository, replace: "{context}" }
"""
C_FILES = {"a.h": "struct repository { int x; };\nextern struct repository *the_repository;\nint f(void);\n",
           "a.c": '#include "a.h"\nstruct repository *the_repository;\nint f(void) { return the_repository->x; }\n'}
C_SECRET = "struct secret { int x; };\n" + SECRET.replace("-", "_") + " hidden\n"
DOUBLING = "#define A0 1\n" + "".join(f"#define A{i} A{i - 1}+A{i - 1}\n" for i in range(1, 60)) + "int bomb = A59;\n"
# What the source begins with, what it ends with, and more words of its command.
COMPILED = {
    "nothing": ("", "", [], 0, "repository *repo"),
    "a queue is included": ('#include "queue.h"\n', "", [], 70, "no regular file"),
    "a device is included": ('#include "device.h"\n', "", [], 70, "over a gigabyte"),
    "a queue in the command": ("", "", ["-include", "queue.h"], 70, "no regular file"),
    "a macro that doubles": (DOUBLING, "", [], 70, "over a"),
    "a file that includes itself twice": ('#include "twice.h"\n', "", [], 0, "nested too deeply"),
    "a long sum": ("", "int sum(void) { return " + "1+" * 200000 + "1; }\n", [], 0, "nested too deeply"),
    "negations": ("", "int not(void) { return " + "!" * 100000 + "1; }\n", [], 0, "nested too deeply"),
    "alternatives": ("", "void all(void) {" + "if (1); else " * 100000 + "; }\n", [], 0, "nested too deeply"),
    "brackets": ("", "int all(void) { return " + "(" * 100000 + "1" + ")" * 100000 + "; }\n", [], 0, "nesting level"),
    "a file elsewhere is included": ('#include "../secret/c.h"\n', "", [], 0, "outside of the tree"),
    "a file elsewhere in the command": ("", "", ["-include", "../secret/c.h", "-imacros../secret/c.h"], 0, "outside of the tree"),
    "a response file elsewhere": ("", "", ["@../secret/c.h"], 0, "repository *repo"),
    "plugins": ("", "", ["-fplugin=./evil.so", "-Xclang", "-load", "-Xclang", "./evil.so", "-fpass-plugin=./evil.so", "-B.", "-wrapper", "./evil",
                         "-fmodules", "-fmodule-file=x", "-include-pch", "x", "-ivfsoverlay", "x", "-o", "out", "-MD", "-MF", "made", "--config=x"], 0, "repository *repo"),
    "a language that is none of ours": ("", "", ["-x", "ir"], 0, "cannot read it"),
}  # fmt: skip


def compiled(place_of):
    for name, (start, end, words, status, says) in COMPILED.items():
        with place_of() as place:
            for path, text in C_FILES.items():
                place.write(path, start * (path == "a.c") + text + end * (path == "a.c"))
            place.write("weft.yml", C_RULES)
            place.write("evil", f"#!/bin/sh\necho ran >> {place.folder}/ran\n", 0o755)
            place.write("compile_commands.json", json.dumps([{"directory": ".", "file": "a.c", "arguments": ["./evil", *words, "-c", "a.c"]}]))
            place.write("twice.h", '#include "twice.h"\n#include "twice.h"\n')
            os.mkfifo(place.tree / "queue.h")
            place.link("device.h", "/dev/zero")
            (place.secret / "c.h").write_text(C_SECRET)
            place.give()
            before = sorted(str(path) for path in place.folder.rglob("*"))
            done = place.run("diff", "--no-cache", timeout=200)
            if "E906" in done.stderr:
                print("     compiled: skipped, there is no libclang")
                return
            said = done.stdout + done.stderr
            if done.returncode != status or says not in said or SECRET.replace("-", "_") in said:
                raise Failure(f"{name}: exit {done.returncode} instead of {status}, or not '{says}':\n{said[-2000:]}")
            if sorted(str(path) for path in place.folder.rglob("*")) != before:
                raise Failure(f"{name}: something was written")


# ---- folders above -------------------------------------------------------------------------------
OTHER = 54321  # nobody's number
FROM_BELOW = (["scan"], ["diff"], ["plan"], ["apply"], ["report"], ["check"], ["explain", "work"], ["status"], ["resume"],
              ["rollback"], ["prune"])  # fmt: skip


def above(place_of):
    """A weft.yml or .weft of another user above the current folder decides nothing, unless it is named."""
    for mark in ("weft.yml", ".weft"):
        with place_of() as place:
            place.give()
            if mark == ".weft":
                (place.tree / mark).mkdir()
                (place.tree / "weft.yml").unlink()
            os.chown(place.tree / mark, OTHER, OTHER)
            for args in FROM_BELOW:
                done = place.run(*args, below="app")
                if done.returncode != 2 or "E903" not in done.stderr:
                    raise Failure(f"weft {' '.join(args)} below {mark} of another: {done.returncode} {done.stderr}")
                for folder in (".", ".."):
                    if "E903" in place.run(*args, "-C", folder, below="app").stderr:
                        raise Failure(f"weft {' '.join(args)} -C {folder} is refused")
            if place.user is None and "E903" in place.run("scan", below="app", more={"SUDO_UID": str(OTHER)}).stderr:
                raise Failure("who calls sudo is refused the own tree")


# ---- all -----------------------------------------------------------------------------------------
class Temporary:
    def __init__(self, weft, user):
        self.weft, self.user = weft, user

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="weft-hostile-")
        return Place(self.weft, self.folder, self.user)

    def __exit__(self, *_):
        shutil.rmtree(self.folder)


def run_all(name, weft, user):
    def place_of():
        return Temporary(weft, user)

    if name == "programs":
        with place_of() as place:
            programs(place)
    elif name == "links":
        links(place_of)
        with place_of() as place:
            named_by_the_user(place)
    elif name == "above":
        if os.geteuid() == 0:  # nobody else can make files of another user
            above(place_of)
    elif name == "plans":
        plans(place_of)
    elif name == "compiled":
        compiled(place_of)
    else:
        queues(place_of)


def main():
    parser = argparse.ArgumentParser(description="hostile trees")
    parser.add_argument("--weft", required=True)
    parser.add_argument("name", nargs="?", choices=NAMES)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        # Others may not be able to enter the folder that the checkout lies in.
        os.chmod(folder, 0o755)
        weft = shutil.copy(Path(options.weft).resolve(), folder)
        return run_as_everybody(options.name, str(weft))


NAMES = ("programs", "links", "above", "queues", "plans", "compiled")


def run_as_everybody(chosen, weft):
    users = [None]
    if os.geteuid() == 0:
        users.append(pwd.getpwnam("nobody"))
    failed = False
    for user in users:
        for name in [chosen] if chosen else NAMES:
            try:
                run_all(name, weft, user)
                print("ok  ", name, f"as {user.pw_name}" if user else "")
            except Failure as failure:
                failed = True
                print("FAIL", name, f"as {user.pw_name}" if user else "", failure)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
