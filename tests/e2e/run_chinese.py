#!/usr/bin/python3
"""weft speaks Chinese to people who read it, and the same as ever to programs and to everybody else.

    tests/e2e/run_chinese.py --weft build/release/weft

The program is copied by itself into an empty folder first: no locale and no catalogue is installed there.
"""
import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).parent))
from run_commands import COMMANDS, TREE, WORDS  # noqa: E402

CHINESE = re.compile("[一-鿿]")
# What of an answer may be without a Chinese character: names, numbers, code.
SENTENCE = re.compile(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}")
MACHINES = [
    ["scan", "--format", "json"], ["diff"], ["diff", "--stat", "--format", "json"], ["plan"],
    ["explain", "work", "--format", "json"], ["rules", "list", "--format", "json"], ["rules", "schema"],
    ["verify", ".", "--format", "json"], ["apply", "--dry-run", "--format", "json"],
    ["scan", "--lang", "zh", "--format", "json"], ["scan", "--format", "json", "--lang", "zh"],
    *(["report", "--format", name] for name in "json jsonl csv sarif github gitlab junit dot".split()),
    *(["check", "--max-refused", "9", "--format", name] for name in "json sarif github".split()),
]
PEOPLE = [["scan"], ["diff", "--stat"], ["report"], ["report", "--format", "markdown"], ["check", "--max-refused", "0"],
          ["explain", "work"], ["explain", "app/work.py:5"], ["explain", "W209"], ["apply", "--dry-run"], ["status"],
          ["rules", "list"], ["rules", "check"], ["verify", "."], ["cache"], ["api", "timeline"],
          ["thread", "app.work.nothing", "--parameter", "n: int", "--value", "1"], ["trust"], ["migrate", "status"]]
WIDTH = 79


class Weft:
    def __init__(self, program, work):
        self.program, self.work = program, work
        self.tree = work / "tree"
        for path, text in TREE.items():
            (self.tree / path).parent.mkdir(parents=True, exist_ok=True)
            (self.tree / path).write_text(text)

    def run(self, *words, **more):
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.work / "home"), "WEFT_PAGER": "cat", **more}
        return subprocess.run([self.program, *words], cwd=self.tree, env=environment, capture_output=True, text=True,
                              timeout=60)


def columns(line):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def check_environment(weft):
    def speaks(**more):
        return bool(CHINESE.search(weft.run("scan", **more).stdout))
    assert not speaks() and not speaks(LANG="C.UTF-8") and not speaks(LANG="en_US.UTF-8")
    assert speaks(LANG="zh_CN.UTF-8") and speaks(LC_ALL="zh_CN.UTF-8") and speaks(LC_MESSAGES="zh_CN.UTF-8")
    assert speaks(LANG="C.UTF-8", LANGUAGE="zh_CN:en")
    assert not speaks(LC_ALL="C", LANGUAGE="zh_CN")
    for words in (["scan", "--lang", "zh"], ["--lang", "zh", "scan"], ["--lang=zh", "scan"], ["scan", "--lang=zh"]):
        assert CHINESE.search(weft.run(*words).stdout), words
    assert weft.run("scan", "--lang", "en", LANG="zh_CN").stdout == weft.run("scan").stdout
    assert "--lang" in weft.run("scan", "--lang", "xx").stderr


def check_machines(weft):
    for words in MACHINES:
        english, chinese = weft.run(*words), weft.run(*words, LANG="zh_CN.UTF-8")
        assert (english.returncode, english.stdout) == (chinese.returncode, chinese.stdout), \
            f"{words}: {english.stdout}\n{chinese.stdout}{chinese.stderr}"


def check_people(weft):
    for words in PEOPLE:
        for _ in range(2):  # anew, and from the cache
            done = weft.run(*words, LANG="zh_CN.UTF-8")
            text = done.stdout + done.stderr
            assert CHINESE.search(text), f"{words}: {text}"
            left = [line for line in text.splitlines() if SENTENCE.search(line) and not CHINESE.search(line)
                    and not line.startswith(("    ", "+", "-", " ")) and " | " not in line]
            assert not left, f"{words}: {left}"


def check_init(weft):
    """The first weft.yml says in Chinese what it guesses, and the same to programs."""
    (weft.tree / "weft.yml").unlink()
    english, chinese = (weft.run("init", "-o", "-", "--lang", name).stdout for name in ("en", "zh"))
    assert CHINESE.search(chinese) and not CHINESE.search(english)
    assert yaml.safe_load(chinese) == yaml.safe_load(english)
    left = [line for line in chinese.splitlines() if "#" in line and SENTENCE.search(line) and not CHINESE.search(line)]
    assert not left, left
    (weft.tree / "weft.yml").write_text(TREE["weft.yml"])


def check_help(weft):
    for words in [(command,) for command in COMMANDS] + WORDS + [()]:
        done = weft.run(*words, "--help", LANG="zh_CN.UTF-8")
        assert done.returncode == 0 and "退出码" in done.stdout and done.stderr == "", f"{words}: {done}"
        for line in done.stdout.splitlines():
            assert columns(line) <= WIDTH or " " not in line.strip() or line.startswith("用法") or "  或" in line, \
                f"{words}: {columns(line)} columns: {line}"
            assert not SENTENCE.search(line) or CHINESE.search(line), f"{words}: {line}"
        if words:
            assert weft.run(*words, "-h", LANG="zh_CN.UTF-8").stdout == done.stdout
            assert weft.run("help", *words, "--lang", "zh").stdout == done.stdout
    refused = weft.run("scan", "--fo", "--lang", "zh")
    assert refused.returncode == 2 and "--fo" in refused.stderr and CHINESE.search(refused.stderr)
    assert weft.run("scan", "--usage", "--lang", "zh").stdout.startswith("用法：weft scan")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weft", type=Path, required=True)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="weft-chinese-") as folder:
        work = Path(folder)
        program = work / "weft"
        shutil.copy(options.weft, program)
        weft = Weft(program, work)
        check_environment(weft)
        check_machines(weft)
        check_people(weft)
        check_help(weft)
        check_init(weft)
    print("weft speaks Chinese to people, and English to programs")


if __name__ == "__main__":
    main()
