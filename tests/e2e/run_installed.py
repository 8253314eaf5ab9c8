#!/usr/bin/python3
"""An installed weft: a copy of the program alone has its packs, and what is installed beside it says what
--help says; every command has -h and its exit statuses; the root of a tree is found from a subfolder.

    tests/e2e/run_installed.py --build build/release --fixture fixtures/maibot
"""
import argparse
import gzip
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


def run(*command, cwd=None, status=0):
    done = subprocess.run([str(part) for part in command], cwd=cwd, text=True, errors="surrogateescape",
                          capture_output=True)
    if done.returncode != status:
        sys.exit(f"{command}: exit {done.returncode} instead of {status}\n{done.stdout}{done.stderr}")
    return done.stdout


def demand(condition, what, text=""):
    if not condition:
        sys.exit(f"{what}\n{text}")


def alone(build, scratch, fixture):
    """Moved and without its prefix, the program gives the same diff."""
    copy = scratch / "程序 alone" / "weft"
    copy.parent.mkdir()
    shutil.copy(scratch / "prefix/bin/weft", copy)
    tree = scratch / "tree"
    shutil.copytree(fixture, tree)
    wanted = run(build / "weft", "diff", "-C", tree)
    demand(wanted.count("\n") > 1000, "the diff of the fixture is short", wanted)
    demand(run(copy, "diff", "-C", tree) == wanted, "the copy's diff differs")
    demand("/weft:/maibot/maibot.yml" in run(copy, "rules", "list"), "the packs are not the program's own")
    demand("0 failed" in run(copy, "rules", "test", "maibot"), "tests of the program's own packs do not find their pack")
    demand(str(build).encode() not in copy.read_bytes(), "the program knows the folder it was built in")
    subfolder = tree / "src/chat"
    run(copy, "init", cwd=tree)
    demand(run(copy, "diff", cwd=subfolder) == wanted, "another diff from a subfolder")
    listed = run(copy, "scan", "-q", "../message_receive", cwd=subfolder / "heart_flow")
    demand(listed.startswith("src/chat/message_receive/"), "a path seen from a subfolder", listed)


def documents(prefix):
    weft = prefix / "bin/weft"
    commands = re.findall(r"^  ([a-z]+) ", run(weft, "--help"), re.M)
    demand(len(commands) > 10, "commands", commands)
    for command in commands:
        text = run(weft, command, "--help")
        demand(text == run(weft, command, "-h") == run(weft, "help", command), f"{command}: -h differs")
        demand("Exit status: 0" in text, f"{command}: no exit statuses", text)
        page = gzip.open(prefix / f"share/man/man1/weft-{command}.1.gz", "rt").read().replace("\\-", "-")
        for option in re.findall(r"^ .*?(--[a-z-]+)", text, re.M):
            if option not in ("--usage", "--help"):
                demand(option in page, f"{command}: the manual lacks {option}", page)
    for place in ("bash-completion/completions/weft", "zsh/vendor-completions/_weft",
                  "fish/vendor_completions.d/weft.fish"):
        text = (prefix / "share" / place).read_text()
        for word in (*commands, "changed-since"):
            demand(word in text, f"{place} lacks {word}")


def bash_completes(prefix):
    script = prefix / "share/bash-completion/completions/weft"
    for typed, wanted in ((("weft", "app"), "apply"), (("weft", "rules", "sch"), "schema"),
                          (("weft", "check", "--max-r"), "--max-refused --max-risk")):
        words = " ".join(typed)
        said = run("bash", "-c", f'. "{script}"; COMP_WORDS=({words}); COMP_CWORD={len(typed) - 1}; _weft; '
                                 'echo "${COMPREPLY[*]}"')
        demand(said.strip() == wanted, f"bash completes '{words}' to", said)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--fixture", type=Path, required=True)
    options = parser.parse_args()
    build = options.build.resolve()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        run("cmake", "--install", build, "--prefix", scratch / "prefix")
        alone(build, scratch, options.fixture)
        documents(scratch / "prefix")
        bash_completes(scratch / "prefix")
        notices = (scratch / "prefix/share/doc/weft/copyright").read_text()
        for name in ("weft authors", "Max Brunsfeld", "Mike Bostock", "UNICODE"):
            demand(name.lower() in notices.lower(), f"the notices lack {name}")
    print("ok")
    return 0


if __name__ == "__main__":
    sys.exit(main())
