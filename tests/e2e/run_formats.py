#!/usr/bin/python3
"""Every text format of `weft report` on a tree whose file names and code try to get out of their place.

usage: run_formats.py --weft PROGRAM

Each format is read by a real parser, is UTF-8, shows no character that drives a terminal or turns the
order of text, and where it lists accesses, has all of the tree's. (The page has a test of its own, report_page/.)
Exit status 1 with what is wrong.
"""
import argparse
import csv
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import xml.dom.minidom
from pathlib import Path

RULES = """version: 1
pack: hostile
context:
  parameter: isolation_context
  type: app.isolation.IsolationContext
  dimensions: [tenant_id]
  ambient: app.isolation.current_isolation_context
sinks:
  - id: config
    family: config_system
    symbol: app.config.settings
    replace: app.isolation.get_settings({context})
"""
# A name of a file cannot hold NUL and '/'; '/' makes a folder, which is as well.
HOSTILE = [
    "</script><script>hit()</script>", "<img src=x onerror=hit()>", "<!--", "-->", "]]>", "<![CDATA[",
    "&lt;b&gt;&amp;&#10;", "\" onmouseover=\"hit()", "' or '1'='1", "a,b;c\td", "=1+2", "|pipe|", "`code`", "``",
    "[link](javascript:hit())", "# heading", "::error::hit", "%0A::error::hit", "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07", "new\nline", "carriage\rreturn", "\u202egnp.exe", "\u2028next", "\x07\x08\x7f\x9b",
    "\\\"back\\", "$(hit)", "${hit}", "-rf", "..", "\U0001f9f5 \u7ebf",
]
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e]")


def code(text):
    """A module with one access; TEXT stands in a string and in a comment."""
    comment = re.sub("[\x00-\x1f\u2028\u2029]", " ", text)
    return (f"from app.config import settings\n\n\ndef answer(name):\n"
            f"    return settings.greet(name, {json.dumps(text)})  # {comment}\n").encode()


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def make_tree(root):
    """Returns how many accesses the tree has."""
    write(root / "app/config.py", b"settings = object()\n")
    for number, text in enumerate(HOSTILE):
        name = text.replace("\x00", "")
        folder = root / "names" / (name if name != ".." else "...")
        write(folder / f"{number}.py", code("plain"))
        write(root / f"code/c{number}.py", code(text))
    write(Path(os.fsdecode(os.fsencode(root) + b"/names/\xff\xfe\xc3(.py")), code("plain"))
    return 2 * len(HOSTILE) + 1


def count_json(text):
    return sum(len(file["details"]) for file in json.loads(text)["file_analyses"])


def count_jsonl(text):
    return sum(json.loads(line)["type"] == "access" for line in text.splitlines())


def count_markdown(text):
    outside = re.sub(r"(`+) .*? \1|`[^`]*`", "", text)
    if re.search(r"<[a-z!/]", outside):
        raise ValueError(f"markup outside of code: {re.search(r'.*<[a-z!/].*', outside)[0]}")
    return None # it names the hardest files only


def count_csv(text):
    rows = list(csv.reader(io.StringIO(text, newline="")))
    if len({len(row) for row in rows}) != 1:
        raise ValueError("rows of different lengths")
    return len(rows) - 1


def count_sarif(text):
    return len(json.loads(text)["runs"][0]["results"])


def count_github(text):
    for line in text.splitlines():
        properties = re.fullmatch(r"::(?:error|warning) ([^:]*)::.*", line)
        if not properties:
            raise ValueError(f"no annotation: {line}")
        if not all(re.fullmatch(r"\w+=[^,]*", part) for part in properties[1].split(",")):
            raise ValueError(f"a property ends too early: {line}")
    return len(text.splitlines())


def count_junit(text):
    document = xml.dom.minidom.parseString(text)
    return sum(int(re.match(r"\d+", node.getAttribute("message"))[0])
               for node in document.getElementsByTagName("failure"))


def count_dot(text):
    rest = re.sub(r'"(?:[^"\\]|\\.)*"', "", text)
    if not re.fullmatch(r"[\w\s=\[\]{};>-]*", rest):
        raise ValueError("something stands outside of quotes")
    return None # modules, not accesses


COUNTS = {"text": lambda text: int(re.search(r"^accesses +(\d+)", text, re.M)[1]), "json": count_json,
          "jsonl": count_jsonl, "markdown": count_markdown, "csv": count_csv, "sarif": count_sarif,
          "github": count_github, "gitlab": lambda text: len(json.loads(text)), "junit": count_junit,
          "dot": count_dot}


def judge(name, data, accesses):
    text = data.decode("utf-8") # as strict as can be
    lines = text.replace("\r\n", "\n") if name == "csv" else text
    found = UNPRINTABLE.search(lines)
    if found:
        raise ValueError(f"holds {found[0]!r} in {lines[max(0, found.start() - 40):found.end() + 20]!r}")
    count = COUNTS[name](text)
    if count is not None and count != accesses:
        raise ValueError(f"{count} accesses, and the tree has {accesses}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--weft", required=True)
    options = parser.parse_args()
    failed = False
    with tempfile.TemporaryDirectory() as work:
        root = Path(work)
        accesses = make_tree(root / "tree")
        write(root / "rules.yml", RULES.encode())
        command = [options.weft, "report", "-q", "-C", root / "tree", "--pack", root / "rules.yml"]
        for name in COUNTS:
            command += ["--format", f"{name}:{root / name}"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        for name in COUNTS:
            try:
                judge(name, (root / name).read_bytes(), accesses)
                print(f"{name}: good")
            except Exception as problem: # whatever a parser says
                print(f"{name}: {problem}")
                failed = True
    return failed


if __name__ == "__main__":
    sys.exit(main())
