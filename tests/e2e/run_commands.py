#!/usr/bin/python3
"""Commands behave as users of git and ruff expect: help with exit statuses, JSON, --quiet, one file by standard input.

    tests/e2e/run_commands.py --weft build/release/weft
"""
import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

RULES = """\
version: 1
context: { parameter: ctx, type: app.iso.Ctx, dimensions: [tenant], ambient: app.iso.now }
sinks:
  - { id: settings, family: config_system, symbol: app.config.settings, replace: "app.iso.settings({context})" }
boundaries:
  - { id: inbound, function: app.bot.on_message, origin: message, create: "app.iso.enter({parameter:raw})" }
data:
  dimensions: { tenant: { type: text } }
"""
TREE = {
    "app/__init__.py": "",
    "app/config.py": "settings = object()\n",
    "app/bot.py": "from app.work import work\n\n\ndef on_message(raw):\n    return work(raw)\n",
    "app/work.py": "from app.config import settings\n\n\ndef work(raw):\n    return settings.b\n",
    "weft.yml": RULES,
}
COMMANDS = ("scan diff plan apply report status resume rollback prune check verify api trust data init rules "
            "explain watch cache").split()
WORDS = [("data", word) for word in "plan check models apply resume status pause cancel rollback tenant grants".split()]
WORDS += [("rules", word) for word in "list check test schema new".split()] + [("api", "diff")]


class Tree:
    def __init__(self, weft, work):
        self.weft, self.root = weft, work / "tree"
        self.environment = dict(os.environ, XDG_STATE_HOME=str(work / "state"))
        for path, text in TREE.items():
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_text(text)

    def run(self, *words, status=0, stdin="", cwd=None):
        done = subprocess.run([self.weft, *words], cwd=cwd or self.root, env=self.environment, input=stdin,
                              capture_output=True, text=True, timeout=60)
        assert done.returncode == status, f"{words}: {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout, done.stderr


def check_help(tree):
    for words in [(command,) for command in COMMANDS] + WORDS:
        text, said = tree.run(*words, "--help")
        assert "Exit status:" in text and said == "", f"{words}: --help names no exit status"
        assert tree.run(*words, "-h")[0] == text, f"{words}: -h is another text"
        assert tree.run("help", *words)[0] == text, f"weft help {words} is another text"
    assert "did you mean 'data'" in tree.run("help", "dta", status=2)[1]


def check_graph(tree):
    graph = tree.run("explain", "--dot", "app.work.work")[0]
    assert graph.startswith('digraph "app.work.work" {') and graph.endswith("}\n")
    assert '"app.bot.on_message" -> "app.work.work" [label="calls app/bot.py:5"];' in graph, graph
    assert graph == tree.run("explain", "--dot", "app.work.work")[0]
    if shutil.which("dot"):
        drawn = subprocess.run(["dot", "-Tsvg"], input=graph, capture_output=True, text=True, timeout=60)
        assert drawn.returncode == 0 and drawn.stdout.count('class="edge"') == graph.count(" -> "), drawn.stderr
    assert "exclude each other" in tree.run("explain", "--dot", "--format", "json", "work", status=2)[1]


def check_json(tree):
    for words in (["scan"], ["diff", "--stat"], ["plan"], ["apply", "--dry-run"], ["apply"], ["status"], ["rollback"],
                  ["report"], ["check", "--max-refused", "9"], ["verify", "."], ["explain", "work"], ["rules", "list"],
                  ["rules", "check"], ["rules", "test"], ["prune"]):
        given = [] if words == ["plan"] else ["--format", "json"]
        json.loads(tree.run(*words, *given)[0])
    tree.run("resume", "--format", "json", status=2)
    applied = json.loads(tree.run("apply", "--format", "json")[0])
    assert applied["result"] == "done" and {file["path"] for file in applied["files"]} == {"app/bot.py", "app/work.py"}
    undone = json.loads(tree.run("rollback", "--format", "json")[0])
    assert undone["undone"] and undone["written"] == 2
    stat = json.loads(tree.run("diff", "--stat", "--format", "json")[0])
    assert stat["total_accesses"] == 1 and len(stat["files"]) == 2
    verdict = json.loads(tree.run("check", "--min-isolated", "100", "--format", "json")[0])["check"]
    assert verdict["passed"] and verdict["gates"][0]["gate"] == "min-isolated"
    failed = json.loads(tree.run("check", "--no-new", "--format", "json", status=1)[0])["check"]
    assert not failed["passed"]
    assert "weft plan" in tree.run("diff", "--format", "json", status=2)[1]


def check_quiet(tree):
    """Done and nothing to say: not a byte. What was asked for, and what fails, is said."""
    for words in (["apply"], ["apply"], ["rollback"], ["prune"], ["check", "--max-refused", "9"], ["verify", "."],
                  ["rules", "check"], ["rules", "test", "maibot"], ["init", "-o", "other.yml"], ["diff", "--exit-code"]):
        status = 1 if words[0] == "diff" else 0
        text, said = tree.run(*words, "-q", status=status)
        assert (text == "" or words[0] == "diff") and said == "", f"{words} -q: {text}{said}"
    assert "FAIL" in tree.run("check", "-q", "--no-new", status=1)[0]
    assert tree.run("scan", "-q")[0] != ""
    (tree.root / "other.yml").unlink()


def check_buffer(tree):
    """The buffer of an editor stands for the file on disk, which need not be there."""
    before = (tree.root / "app/work.py").read_text()
    changed = before.replace("settings.b", "settings.c + settings.d")
    listed, said = tree.run("scan", "--stdin-filename", "app/work.py", stdin=changed)
    assert listed.count("app/work.py:5:") == 2 and said == "", listed + said
    # By an absolute path, and from a folder below.
    for name, cwd in ((str(tree.root / "app/work.py"), None), ("work.py", tree.root / "app")):
        diff, said = tree.run("diff", "--stdin-filename", name, stdin=changed, cwd=cwd)
        assert "+    return settings(ctx).c + settings(ctx).d" in diff or "settings.c" in diff, diff
        assert "bot.py" not in diff and "1 other file changes with it" in said, diff + said
    written, _ = tree.run("apply", "--stdin-filename", "app/work.py", stdin=changed)
    assert re.search(r"def work\(raw, \*, ctx", written) and ".c + " in written, written
    assert (tree.root / "app/work.py").read_text() == before, "the file was written"
    unsaved = json.loads(tree.run("scan", "--format", "json", "--stdin-filename", "app/new.py",
                                  stdin="from app.config import settings\n\n\ndef f():\n    return settings.x\n")[0])
    assert [sink["line"] for sink in unsaved["sinks"]] == [5]
    assert "app/work.py" in tree.run("explain", "app/work.py:5", "--stdin-filename", "app/work.py", stdin=before)[0]
    same, _ = tree.run("apply", "--stdin-filename", "app/config.py", stdin="settings = 1\n")
    assert same == "settings = 1\n", "a file without a change is not handed back"
    assert tree.run("apply", "--stdin-filename", "x.py", "--pattern", "f($A, None)", "--rewrite", "f($A)",
                    stdin="y = f(a, None)\n")[0] == "y = f(a)\n"
    assert tree.run("apply", "--stdin-filename", "app/work.py", stdin="def f(:\n", status=3)[0] == "def f(:\n"
    assert "E100" in tree.run("scan", "--stdin-filename", "../x.py", status=2)[1]
    assert "E100" in tree.run("scan", "--stdin-filename", "app/x.txt", status=2)[1]
    assert "E101" in tree.run("scan", "--stdin-filename", "app/x.py", "--size-limit", "1k", stdin="#" * 2000,
                              status=2)[1]
    assert "E902" in tree.run("apply", "--stdin-filename", "app/x.py", "--dry-run", status=2)[1]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weft", required=True)
    options = parser.parse_args()
    weft = str(Path(options.weft).resolve())
    for check in (check_help, check_graph, check_json, check_quiet, check_buffer):
        with tempfile.TemporaryDirectory() as work:
            check(Tree(weft, Path(work)))
        print(f"{check.__name__}: good")
    return 0


if __name__ == "__main__":
    sys.exit(main())
