"""What weft prints for a person fits a terminal of 80 columns: no line of `scan`, `check`, `report` and `diff --stat` is
wider, East Asian characters counted as two columns, unless one word of it is wider by itself. So does the help of each
command, in English and in Chinese. Into a pipe each sink stays one line, as editors and grep read it.
"""
import argparse
import fcntl
import os
import pathlib
import pty
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
import unicodedata

COLUMNS = 80
ROOT = pathlib.Path(__file__).resolve().parents[2]
COMMANDS = (["scan"], ["report"], ["check", "--max-refused", "0", "--min-isolated", "100"], ["diff", "--stat"])
CHINESE = """from app.config import settings


def 回答(消息):
    return f"{settings.名字}：这一行的文字很长，显示出来比八十列宽得多，所以要在下一行里继续，或者被截断，{消息}"
"""
RULES = """version: 1
context: { parameter: ctx, type: app.iso.Ctx, ambient: app.iso.current }
sinks:
  - { id: config, family: settings, symbol: app.config.settings, replace: "app.iso.settings({context})" }
"""


def columns(line):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def at_terminal(weft, arguments, folder):
    primary, secondary = pty.openpty()
    fcntl.ioctl(secondary, termios.TIOCSWINSZ, struct.pack("HHHH", 24, COLUMNS, 0, 0))
    environment = {**os.environ, "WEFT_PAGER": "cat", "TERM": "xterm"}
    process = subprocess.Popen([weft, *arguments], cwd=folder, stdin=subprocess.DEVNULL, stdout=secondary,
                               stderr=secondary, env=environment)
    os.close(secondary)
    said = b""
    while True:
        try:
            piece = os.read(primary, 65536)
        except OSError:
            break
        if not piece:
            break
        said += piece
    process.wait()
    os.close(primary)
    assert process.returncode in (0, 1), (arguments, process.returncode, said[-500:])
    return re.sub(r"\x1b\[[0-9;]*m", "", said.decode("utf-8")).replace("\r", "").split("\n")


def check(weft, folder, least_lines):
    for arguments in COMMANDS:
        lines = at_terminal(weft, arguments, folder)
        assert len(lines) >= least_lines, (arguments, lines)
        for line in lines:
            if columns(line) > COLUMNS:
                assert max(map(columns, line.split(" "))) > COLUMNS - 10, (arguments, columns(line), line)
    piped = subprocess.run([weft, "scan"], cwd=folder, capture_output=True, text=True, check=True).stdout
    rows = [line for line in piped.split("\n") if re.match(r"\S+:\d+:\d+: ", line)]
    assert rows and not re.search(r"^    ", piped, re.M), "a sink is not one line"


def check_help(weft):
    def said(language, *arguments):
        environment = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": language}
        return subprocess.run([weft, *arguments], capture_output=True, text=True, check=True, env=environment).stdout
    commands = re.findall(r"^  ([a-z]+) +\S", said("en", "--help"), re.M)
    assert len(commands) > 20, commands
    for language in ("en", "zh"):
        for arguments in (["--help"], *([command, "--help"] for command in commands)):
            for line in said(language, *arguments).split("\n"):
                assert columns(line) <= COLUMNS, (language, arguments, columns(line), line)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weft", required=True)
    weft = os.path.abspath(parser.parse_args().weft)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        shutil.copytree(ROOT / "fixtures" / "maibot", folder / "maibot")
        check(weft, folder / "maibot", 10)
        tree = folder / "chinese" / "app"
        tree.mkdir(parents=True)
        for path, text in (("__init__.py", ""), ("config.py", "settings = object()\n"), ("回答.py", CHINESE)):
            (tree / path).write_text(text, encoding="utf-8")
        (tree / "iso.py").write_text("class Ctx: ...\ndef current(): ...\ndef settings(ctx): ...\n")
        (folder / "chinese" / "weft.yml").write_text(RULES, encoding="utf-8")
        check(weft, folder / "chinese", 2)
        check_help(weft)
    print("four commands, two trees, help of all commands: no line is wider than", COLUMNS)


if __name__ == "__main__":
    sys.exit(main())
