#!/usr/bin/python3
"""A machine without a usable libgit2: weft says so where it needs one, and works where it does not.

    tests/e2e/run_without_libgit2.py --weft build/release/weft

The library is hidden by an empty file of its name in LD_LIBRARY_PATH.
"""
import argparse
import os
import re
import subprocess
import sys
import tempfile


def soname():
    with open("/usr/include/git2/version.h", encoding="utf-8") as file:
        return "libgit2.so." + re.search(r'LIBGIT2_SOVERSION\s+"([^"]+)"', file.read()).group(1)


def main():
    parser = argparse.ArgumentParser(description="weft without libgit2")
    parser.add_argument("--weft", required=True)
    weft = os.path.abspath(parser.parse_args().weft)
    with tempfile.TemporaryDirectory(prefix="weft-libgit2-") as scratch:
        open(os.path.join(scratch, soname()), "wb").close()
        tree = os.path.join(scratch, "tree")
        os.mkdir(tree)

        def run(*arguments):
            environment = dict(os.environ, LD_LIBRARY_PATH=scratch)
            return subprocess.run([weft, *arguments], cwd=tree, env=environment, capture_output=True,
                                  text=True, check=False)

        for arguments in (["--version"], ["status"], ["rules", "list"]):
            found = run(*arguments)
            assert found.returncode == 0, (arguments, found)
        found = run("scan", "--pack", "maibot")
        assert found.returncode == 0, found
        os.mkdir(os.path.join(tree, ".git"))
        found = run("scan", "--pack", "maibot")
        assert found.returncode == 70, found
        assert found.stderr.startswith("weft: libgit2 cannot be used: "), found
        assert found.stderr.count("\n") == 1 and soname() in found.stderr, found
    return 0


if __name__ == "__main__":
    sys.exit(main())
