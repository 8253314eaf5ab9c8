#!/usr/bin/python3
"""What a program that stays says of a tree is what a new one would say: run_resident.py --looks PROGRAM --tree TREE
--steps N --seed N changes a copy of TREE at random, step by step, and has PROGRAM (looks.c) compare the two after each.
A step renames, adds and removes lines, calls and functions, changes bases of classes and imports, breaks a file and mends it,
deletes, adds and moves files, and changes weft.yml. --stay keeps the tree after a difference and says where it is.
"""
import argparse
import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


class Tree:
    def __init__(self, root, seed):
        self.root, self.random = root, random.Random(seed)
        self.broken = {}  # path -> the text that it had
        self.gone = {}

    def sources(self):
        return sorted(path for path in self.root.rglob("*.py") if path not in self.broken)

    def lines(self, path):
        return path.read_bytes().decode("utf-8", "surrogateescape").splitlines(keepends=True)

    def write(self, path, lines):
        path.write_bytes("".join(lines).encode("utf-8", "surrogateescape"))

    def places(self, lines, pattern):
        return [i for i, line in enumerate(lines) if re.match(pattern, line)]

    # Each changes a file and says what it did; None when there is nothing of the kind in it.
    def add_comment(self, path, lines):
        at = self.random.choice(self.places(lines, r"\S.*|\s+\S.*\n") or [0])
        lines.insert(at, "# looked at again\n")
        return "a comment"

    def change_word(self, path, lines):
        words = sorted(set(re.findall(r"\b[a-z_]{4,}\b", "".join(lines))))
        if not words:
            return None
        old, new = self.random.choice(words), self.random.choice(words)
        text = re.sub(rf"\b{old}\b", new + self.random.choice(["", "_two"]), "".join(lines), count=self.random.choice([0, 1]))
        lines[:] = text.splitlines(keepends=True)
        return f"{old} is {new}"

    def add_call(self, path, lines):
        other = self.random.choice(self.sources()).read_text(errors="replace")
        names = re.findall(r"^(?:    )?(?:async )?def (\w+)", other, re.M) + re.findall(r"^(\w+) = ", other, re.M)
        places = self.places(lines, r" +(?:return|if|await|self\.)\b")
        if not names or not places:
            return None
        at = self.random.choice(places)
        indent = re.match(r" *", lines[at]).group()
        form = self.random.choice(["{0}()\n", "self.{0}()\n", "x = {0}\n", "self.kept = {0}(1)\n", "print({0}.name)\n"])
        lines.insert(at, indent + form.format(self.random.choice(names)))
        return "a call"

    def repeat_line(self, path, lines):
        places = self.places(lines, r" +[\w.]+(?:\(.*\)| = .*)\n")
        if not places:
            return None
        at = self.random.choice(places)
        lines.insert(at, lines[at])
        return "a line twice"

    def remove_line(self, path, lines):
        if not lines:
            return None
        del lines[self.random.randrange(len(lines))]
        return "a line less"

    def remove_function(self, path, lines):
        places = self.places(lines, r"\s*(?:async )?def ")
        if not places:
            return None
        at = self.random.choice(places)
        indent = len(re.match(r" *", lines[at]).group())
        end = at + 1
        while end < len(lines) and (not lines[end].strip() or len(re.match(r" *", lines[end]).group()) > indent):
            end += 1
        lines[at:end] = [" " * indent + "pass\n"]
        return "a function less"

    def change_bases(self, path, lines):
        places = self.places(lines, r"\s*class \w+")
        classes = re.findall(r"^class (\w+)", "".join(lines), re.M)
        if not places:
            return None
        at = self.random.choice(places)
        base = self.random.choice(classes + ["Unknown", "object"])
        lines[at] = re.sub(r"class (\w+)(?:\(.*\))?:", rf"class \1({base}):", lines[at])
        return "other bases"

    def change_import(self, path, lines):
        places = self.places(lines, r"\s*(?:from|import) ")
        if not places:
            return None
        at = self.random.choice(places)
        if self.random.random() < 0.5:
            lines.insert(0, lines[at].lstrip())
        else:
            lines[at] = re.match(r" *", lines[at]).group() + "pass\n"
        return "other imports"

    def edit(self):
        path = self.random.choice(self.sources())
        lines = self.lines(path)
        how = self.random.choice([self.add_comment, self.change_word, self.add_call, self.repeat_line, self.remove_line,
                                  self.remove_function, self.change_bases, self.change_import])
        what = how(path, lines)
        if what:
            self.write(path, lines)
        return f"{path.relative_to(self.root)}: {what or 'as it was'}"

    def break_file(self):
        path = self.random.choice(self.sources())
        self.broken[path] = path.read_bytes()
        path.write_bytes(self.broken[path] + b"\ndef (:\n")
        return f"{path.relative_to(self.root)}: broken"

    def mend_file(self):
        if not self.broken:
            return self.edit()
        path, text = self.random.choice(sorted(self.broken.items()))
        path.write_bytes(text)
        del self.broken[path]
        return f"{path.relative_to(self.root)}: mended"

    def delete_file(self):
        path = self.random.choice(self.sources())
        self.gone[path] = path.read_bytes()
        path.unlink()
        return f"{path.relative_to(self.root)}: deleted"

    def bring_back(self):
        if not self.gone:
            return self.edit()
        path, text = self.gone.popitem()
        path.write_bytes(text)
        return f"{path.relative_to(self.root)}: there again"

    def move_file(self):
        path = self.random.choice(self.sources())
        to = self.random.choice(self.sources()).parent / f"moved_{path.name}"
        path.rename(to)
        return f"{path.relative_to(self.root)}: now {to.relative_to(self.root)}"

    def change_rules(self):
        rules = self.root / "weft.yml"
        if not rules.exists():
            return self.edit()
        lines = self.lines(rules)
        marks = [i for i, line in enumerate(lines) if line.startswith("mode:") or line == "# looked at\n"]
        if marks and self.random.random() < 0.5:
            del lines[marks[0]]
        else:
            lines.append(self.random.choice(["# looked at\n", "exclude: [\"**/no_such_folder/**\"]\n"]))
        self.write(rules, lines)
        return "weft.yml: changed"

    def step(self):
        if len(self.sources()) < 3:
            return self.bring_back() if self.gone else self.mend_file()
        return self.random.choices([self.edit, self.break_file, self.mend_file, self.delete_file, self.bring_back,
                                    self.move_file, self.change_rules], [20, 2, 3, 1, 1, 1, 1])[0]()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--looks", required=True, type=Path)
    parser.add_argument("--tree", required=True, type=Path, action="append")
    parser.add_argument("--steps", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--stay", action="store_true")
    options = parser.parse_args()
    for source in options.tree:
        work = Path(tempfile.mkdtemp(prefix="weft-resident-"))
        root = work / "tree"
        shutil.copytree(source, root, symlinks=True, ignore=shutil.ignore_patterns(".git"))
        tree = Tree(root, options.seed)
        looks = subprocess.Popen([options.looks.resolve(), "-j", "2"], cwd=root, stdin=subprocess.PIPE,
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        done = ["as it came"]
        for number in range(options.steps):
            looks.stdin.write("both\n")
            looks.stdin.flush()
            if looks.stdout.readline() != "same\n":
                print(f"{source}, seed {options.seed}: another answer after", *done[-3:], sep="\n  ")
                print(looks.stdout.read(), looks.stderr.read())
                print(f"the tree is in {root}" if options.stay else "")
                options.stay or shutil.rmtree(work)
                return 1
            done.append(tree.step())
            if options.stay and number % 100 == 99:
                print(f"{number + 1} steps", flush=True)
        looks.stdin.close()
        looks.wait()
        shutil.rmtree(work)
        print(f"{source.name}: {options.steps} steps, the same answers")
    return 0


if __name__ == "__main__":
    sys.exit(main())
