#!/usr/bin/python3
"""`weft check` in a git repository: --changed-since, and baselines of two branches that are merged.

    tests/e2e/run_check.py --weft build/release/weft
"""
import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

RULES = """version: 1
context:
  parameter: context
  type: app.iso.Context
  dimensions: [tenant]
  ambient: app.iso.current
sinks:
  - { id: config, family: config_system, symbol: app.config.settings, replace: "app.iso.get({context})" }
check: { baseline: weft-baseline.txt, no_new: true }
"""


class Tree:
    def __init__(self, root, weft):
        self.root, self.weft = root, weft
        self.environment = {**os.environ, "HOME": str(root), "GIT_CONFIG_NOSYSTEM": "1"}
        self.git("init", "-q", "-b", "main")
        self.git("config", "user.name", "a")
        self.git("config", "user.email", "a@b.c")
        self.write("weft.yml", RULES)
        self.write("app/config.py", "settings = object()\n")
        self.write("app/a.py", function("a"))
        self.write(".gitattributes", "weft-baseline.txt merge=union\n")

    def git(self, *args):
        return subprocess.run(["git", *args], cwd=self.root, env=self.environment, check=True,
                              capture_output=True, text=True).stdout

    def write(self, path, text):
        (self.root / path).parent.mkdir(exist_ok=True)
        (self.root / path).write_text(text)

    def commit(self, message):
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def check(self, expected, *args, cwd=None):
        done = subprocess.run([self.weft, "check", *args], cwd=cwd or self.root, text=True,
                              env=self.environment, capture_output=True)
        text = done.stdout + done.stderr
        if done.returncode != expected:
            sys.exit(f"check {args}: exit {done.returncode} instead of {expected}\n{text}")
        return text


def function(name):
    return f"from app.config import settings\n\n\ndef {name}():\n    return settings.{name}\n"


def demand(condition, what, text):
    if not condition:
        sys.exit(f"{what}\n{text}")


def changed_lines(tree):
    tree.commit("start")
    tree.check(0, "--update-baseline")
    tree.commit("baseline")
    tree.check(0, "--changed-since", "HEAD")
    # An access of old in a line that is touched counts; those in other lines do not.
    tree.write("app/a.py", function("a").replace("settings.a", "settings.a + settings.b"))
    text = tree.check(1, "--changed-since", "HEAD")
    demand("app/a.py:5:25" in text and "app/a.py:5:12" not in text, "wrong accesses", text)
    # Without a baseline every access in the changed line counts.
    (tree.root / "empty.txt").touch()
    text = tree.check(1, "--changed-since", "HEAD", "--baseline", "empty.txt")
    demand("app/a.py:5:12" in text and "2 in changed lines" in text, "wrong accesses", text)
    tree.git("checkout", "-q", "app/a.py")
    (tree.root / "empty.txt").unlink()
    # A file that git does not know is all new, also below the root of the repository.
    tree.write("app/new.py", function("new"))
    demand("app/new.py:5:12" in tree.check(1, "--changed-since", "HEAD"), "new file", "")
    (tree.root / "app/new.py").unlink()
    text = tree.check(2, "--changed-since", "no-such-branch")
    demand("error[E702]" in text and "no-such-branch" in text, "no message", text)


def subfolder(tree):
    """The root of weft is a folder of the repository: paths are those of weft."""
    inner = Tree.__new__(Tree)
    inner.root, inner.weft, inner.environment = tree.root / "bot", tree.weft, tree.environment
    inner.root.mkdir()
    inner.write("weft.yml", RULES.replace(", no_new: true", "").replace("baseline: weft-baseline.txt", ""))
    inner.write("app/config.py", "settings = object()\n")
    inner.write("app/b.py", function("b"))
    tree.commit("inner")
    inner.write("app/b.py", "import os\n" + function("b").replace("settings.b", "settings.c"))
    text = inner.check(1, "--changed-since", "HEAD")
    demand("app/b.py:6:12" in text, "no access", text)
    tree.git("checkout", "-q", ".")
    tree.git("rm", "-qr", "bot")
    tree.commit("inner gone")


def merged_baselines(tree):
    """Both branches add an access, one also removes one; git merges the baselines by itself."""
    for branch, name in (("left", "b"), ("right", "c")):
        tree.git("checkout", "-q", "-b", branch, "main")
        tree.write(f"app/{name}.py", function(name))
        tree.check(1)
        tree.check(0, "--update-baseline")
        tree.check(0)
        tree.commit(branch)
    tree.git("merge", "-q", "-m", "merge", "left")
    text = tree.check(0, "--strict-baseline")
    demand("0 new" in text and "0 gone" in text, "merge lost something", text)
    lines = (tree.root / "weft-baseline.txt").read_text().splitlines()
    demand(sum("config[" in line or "config_system[" in line for line in lines) == 3, "entries", lines)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weft", required=True)
    weft = str(Path(parser.parse_args().weft).resolve())
    with tempfile.TemporaryDirectory() as folder:
        tree = Tree(Path(folder), weft)
        changed_lines(tree)
        subfolder(tree)
        merged_baselines(tree)
    print("ok")


if __name__ == "__main__":
    main()
