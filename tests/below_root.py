"""A case of `weft diff` below a folder that its imports leave out. Used by run_cases.py --below FOLDER.

The tree of the case moves into the folder, a file beside it shows that the folder is an import root, and the
rules stay as they are. The diff must be the same but for the folder in front of paths.
"""
import re
import shutil
from keyword import iskeyword

# Cases that cannot hold below a root, each with the reason. Folders of tests/cases without ".d".
PATHS = "its rules name files by path"
EXCEPTIONS = {
    "diff/runtime-files": PATHS,
    "diff/runtime-file-does-not-parse": PATHS,
    "diff/runtime-lacks-a-name": PATHS,
    "diff/plugin-of-a-host": "its host is named by path",
    "diff/plugin-of-a-host-without-singletons": "its host is named by path",
    "input/callers-beside-the-package": PATHS,
    "input/weft-yml": PATHS,
    "rules/extends": PATHS,
    "solve/tests-say-nothing-of-lifetimes": PATHS,
    "rules/extends-once": PATHS,
    "rules/part-of-a-list-of-a-pack": PATHS,
    "rules/versions": PATHS,
    "rules/versions-unknown": PATHS,
    "rules/weft-yml-removes": PATHS,
}
MARK = "weft_import_root.py"  # nothing imports it, and it has no accesses
# Also where a project says how long its lines are.
KEPT_AT_THE_ROOT = ("weft.yml", ".gitignore", ".git", "pyproject.toml", "ruff.toml", ".ruff.toml", "setup.cfg",
                    "tox.ini", ".flake8", ".editorconfig", ".pre-commit-config.yaml", "Makefile", "noxfile.py", "justfile",
                    ".github", "requirements-dev.txt", "requirements.txt", "requirements")


def applies(folder, args):
    """Whether the case prints the diff of one tree, and says nothing about paths."""
    if folder.parent.name == "clang":  # nothing is imported in C
        return False
    return (args[0] == "diff" and (folder / "input").exists() and (folder / "expected.diff").exists()
            and not any(a.startswith(("--stat", "--format", "--dump", "--stage")) for a in args))


def modules(tree):
    """The dotted names of what can be imported from TREE."""
    for path in sorted(tree.rglob("*.py")):
        parts = path.relative_to(tree).with_suffix("").parts
        parts = parts[:-1] if parts[-1] == "__init__" else parts
        if parts and all(part.isidentifier() and not iskeyword(part) for part in parts):
            yield ".".join(parts)


def move(tree, below):
    """Moves what is in TREE into the folder BELOW of it, and shows that this is an import root."""
    target = tree / (below + ".moved")
    names = [p.name for p in tree.iterdir() if p.name not in KEPT_AT_THE_ROOT]
    target.mkdir()
    for name in names:
        shutil.move(tree / name, target / name)
    target.rename(tree / below)
    target = tree / below
    lines = ["from typing import TYPE_CHECKING", "", "if TYPE_CHECKING:", "    pass",
             *(f"    import {name}" for name in modules(target))]
    (target / MARK).write_text("\n".join(lines) + "\n")


def diff_below(diff, below):
    """DIFF as it is for the same tree below the folder."""
    inner = below.encode() + b"/"
    lines = []
    for line in diff.splitlines(keepends=True):
        if line.startswith((b"diff --git ", b"--- ", b"+++ ")):
            line = re.sub(rb'( "?[ab]/)', rb"\1" + inner, line)
        lines.append(line)
    return b"".join(lines)
