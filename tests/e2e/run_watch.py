#!/usr/bin/python3
"""`weft watch` says what a new run would say, whenever something is saved: files that change, come, go and move, new
folders, rules with errors; and it ends by a signal, with 0. run_watch.py --weft build/release/weft"""
import argparse
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import state_folder

RULES = """version: 1
context: { parameter: ctx, type: app.iso.Ctx, dimensions: [tenant_id], ambient: app.iso.current }
sinks:
  - { id: settings, family: config_system, symbol: app.config.settings, replace: "app.iso.get_settings({context})" }
boundaries:
  - { id: inbound, function: app.bot.on_message, origin: message, create: "app.iso.enter({parameter:raw})" }
"""
TREE = {
    "app/__init__.py": "",
    "app/config.py": "settings = object()\n",
    "app/bot.py": "from app.work import work\n\n\ndef on_message(raw):\n    return work(raw)\n",
    "app/work.py": "from app.config import settings\n\n\ndef work(raw):\n    return settings.b\n",
    "weft.yml": RULES,
}
PATIENCE = 60  # seconds
OTHER = "from app.config import settings\n\nVALUE = settings.b\n"


class Watch:
    def __init__(self, weft, root, *more):
        self.weft, self.root = weft, root
        self.process = subprocess.Popen([weft, "watch", *more], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                        bufsize=0)

    def line(self, patience=PATIENCE):
        """The next line; None when none comes in time."""
        text = b""
        while not text.endswith(b"\n"):
            if not select.select([self.process.stdout], [], [], patience)[0]:
                return None
            piece = os.read(self.process.stdout.fileno(), 1)
            if not piece:
                return None
            text += piece
        return text.decode()

    def until(self, holds):
        """Reads lines until one HOLDS: who saves slowly may be answered twice."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            line = self.line()
            assert line is not None, f"no line: {self.process.stderr.read() if self.process.poll() is not None else ''}"
            if holds(line):
                return line
        raise AssertionError("the line never comes")

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        out, said = self.process.communicate(timeout=PATIENCE)
        assert self.process.returncode == 0, f"ended with {self.process.returncode}: {said}"


def planned(weft, root):
    done = subprocess.run([weft, "plan", "--no-cache", "-q"], cwd=root, capture_output=True, check=False)
    return len(json.loads(done.stdout)["files"]) if done.returncode == 0 else None


def write(root, path, text):
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text)


def steps(root):
    """Each changes the tree in a way of its own."""
    yield "a file changes", lambda: write(root, "app/work.py", TREE["app/work.py"] + "\n\ndef more():\n    return settings.c\n")
    yield "a file comes", lambda: write(root, "app/later.py", OTHER)
    yield "a folder comes", lambda: write(root, "app/deep/down/here.py", OTHER)
    yield "a file in it changes", lambda: write(root, "app/deep/down/here.py", OTHER + "MORE = settings.c\n\n\nclass A:\n    x = settings.d\n")
    yield "a file moves", lambda: (root / "app/later.py").rename(root / "app/deep/later.py")
    yield "a file goes", lambda: (root / "app/deep/down/here.py").unlink()
    yield "a file takes the place of another", lambda: (write(root, "app/x.tmp", TREE["app/work.py"]),
                                                         (root / "app/x.tmp").replace(root / "app/work.py"))
    yield "rules have an error", lambda: write(root, "weft.yml", RULES + "sinks2: []\n")
    yield "rules are well again", lambda: write(root, "weft.yml", RULES)


def follow_json(weft, root):
    watch = Watch(weft, root, "--format", "json")
    first = json.loads(watch.until(lambda line: True))
    assert first["good"] and first["files"] == planned(weft, root), first
    before = first
    for name, change in steps(root):
        change()
        wanted = planned(weft, root)
        line = watch.until(lambda text: json.loads(text) != before and json.loads(text)["good"] == (wanted is not None) and
                           (wanted is None or json.loads(text)["files"] == wanted))
        before = json.loads(line)
        if wanted is None:
            assert any(d["severity"] == "error" for d in before["diagnostics"]), f"{name}: {before}"
    os.utime(root / "app/work.py")
    assert watch.line(0.5) is None, "something is said although nothing is another"
    watch.end()


def follow_text(weft, root):
    watch = Watch(weft, root)
    assert "would change" in watch.until(lambda line: True)
    write(root, "app/deep/top.py", OTHER)
    watch.until(lambda line: line.startswith("+ app/deep/top.py:3:"))
    (root / "app/deep/top.py").unlink()
    watch.until(lambda line: line.startswith("- app/deep/top.py:3:"))
    watch.end()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weft", required=True)
    weft = str(Path(parser.parse_args().weft).resolve())
    with tempfile.TemporaryDirectory(prefix="weft-watch-") as work:
        root = Path(work).resolve() / "tree"
        for path, text in TREE.items():
            write(root, path, text)
        follow_json(weft, root)
        follow_text(weft, root)


if __name__ == "__main__":
    main()
