#!/usr/bin/python3
"""Neovim with its own language client on a small tree: what it shows is compared with session.txt.

    tests/lsp/run_neovim.py --weft build/release/weft [--accept]
"""
import argparse
import difflib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from run_lsp import TREE

HERE = Path(__file__).resolve().parent
SKIPPED = 77
TIMEOUT = 200  # seconds


def session(weft, root):
    """What the session prints, and the tree afterwards."""
    for name, text in TREE.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text)
    home = root.parent / "home"
    home.mkdir()
    environment = {**os.environ, "WEFT": weft, "ROOT": str(root), "HOME": str(home), "XDG_STATE_HOME": str(home)}
    result = subprocess.run(["nvim", "--headless", "-u", "NONE", "-i", "NONE", "-n", "-S", str(HERE / "session.lua")],
                            cwd=root, env=environment, capture_output=True, text=True, timeout=TIMEOUT)
    return result.stdout, result.stderr, result.returncode


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weft", required=True)
    parser.add_argument("--accept", action="store_true")
    options = parser.parse_args()
    if shutil.which("nvim") is None:
        print("Neovim is not installed")
        return SKIPPED
    with tempfile.TemporaryDirectory(prefix="weft-neovim-") as folder:
        root = Path(folder).resolve() / "tree"
        root.mkdir()
        stdout, stderr, status = session(str(Path(options.weft).resolve()), root)
        left = {name: (root / name).read_text() for name in TREE}
    expected = HERE / "session.txt"
    if options.accept:
        expected.write_text(stdout)
    wrong = list(difflib.unified_diff(expected.read_text().splitlines(), stdout.splitlines(), "expected", "shown",
                                      lineterm=""))
    if left != TREE:
        wrong.append("after undo the tree is not what it was")
    if status != 0:
        wrong.append(f"nvim ended with {status}: {stderr}")
    print("\n".join(wrong) or "as expected")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
