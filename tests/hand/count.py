#!/usr/bin/env python3
"""Beside a commit that people made by hand: functions whose list of parameters changed, and calls of them.

usage: count.py [--rename TEMPLATE] REPOSITORY BEFORE HAND TREE [--apart FUNCTION...]

BEFORE and HAND are revisions of REPOSITORY. TREE is the tree of BEFORE with a change of weft in it, or another revision.
Prints which functions both changed, which only one of them did, and the calls of these functions that differ. TEMPLATE
("repo_{name}") is how functions with another name afterwards are known for the same ones. Functions named by --apart, which
the commit changes for another reason, are listed apart.

A function is counted by its definition, a call where its line is indented or belongs to a macro. One that went to another file with the list that it had is not changed; a
parameter that is called otherwise counts as changed, and so is one that is marked as unused, or no more.
"""
import argparse
import collections
import os
import re
import subprocess
import sys

HEAD = re.compile(r"(?m)^[A-Za-z_][\w \t*\n]*?\b(\w+)\s*\(")
NOT_FUNCTIONS = {"if", "for", "while", "switch", "return", "sizeof"}
MARK = re.compile(r"\b(?:MAYBE_)?UNUSED\b|\s")


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)


class Sources:
    """The texts of a revision, or of a folder, without comments."""

    def __init__(self, repository, where):
        self.repository, self.where = repository, where
        self.folder = os.path.isdir(where)

    def text(self, path):
        if self.folder:
            try:
                with open(os.path.join(self.where, path), errors="replace") as file:
                    found = file.read()
            except OSError:
                return ""
        else:
            found = run("git", "-C", self.repository, "show", f"{self.where}:{path}").stdout
        found = re.sub(r"/\*.*?\*/", " ", found, flags=re.S)
        return re.sub(r"//[^\n]*", " ", found)

    def changed(self, before):
        other = ("git", "-C", self.repository, "diff", "--name-only", before, self.where)
        if self.folder:
            other = ("git", "-C", self.where, "diff", "--name-only", "HEAD")
        return {p for p in run(*other).stdout.split() if p.endswith((".c", ".h"))}


def closed(text, at):
    """Where the list ends that begins before AT, behind its bracket."""
    depth = 1
    while at < len(text) and depth:
        depth += (text[at] == "(") - (text[at] == ")")
        at += 1
    return at


def functions(sources, paths):
    """{(path, name): the list of parameters of its definition}."""
    found = {}
    for path in paths:
        text = sources.text(path)
        for match in HEAD.finditer(text):
            end = closed(text, match.end())
            if match[1] not in NOT_FUNCTIONS and text[end:end + 200].lstrip().startswith("{"):
                found[path, match[1]] = MARK.sub("", text[match.end():end - 1])
    return found


def changed(before, after, rename=None):
    """The functions of BEFORE, as FILE: NAME, whose lists are others in AFTER, or that have the name there that RENAME makes."""
    lists = collections.defaultdict(set)
    for (_, name), parameters in after.items():
        lists[name].add(parameters)
    found = set()
    for (path, name), parameters in before.items():
        now = lists.get(name, set()) if (path, name) not in after else {after[path, name]}
        renamed = lists.get(rename.format(name=name)) if rename and not now else None
        if renamed or (now and parameters not in now):
            found.add((path, name))
    return found


def calls(sources, paths, names):
    """{(path, name): the lists of arguments of its calls, in order}."""
    found = collections.defaultdict(list)
    if not names:
        return found
    pattern = re.compile(r"\b(" + "|".join(sorted(names, key=len, reverse=True)) + r")\s*\(")
    for path in paths:
        text = sources.text(path)
        for match in pattern.finditer(text):
            end = closed(text, match.end())
            begins = text[text.rfind("\n", 0, match.start()) + 1]
            if (begins.isspace() or begins == "#") and text[end:end + 200].lstrip()[:1] != "{":
                found[path, match[1]].append(re.sub(r"\s", "", text[match.end():end - 1]))
    return found


def listed(found):
    return sorted(f"{path}: {name}" for path, name in found)


def compare(repository, before, hand, tree, rename=None, apart=()):
    """What a table says of a commit, as a dictionary. Functions named in APART are about something else, and only listed."""
    then, by_hand, by_weft = (Sources(repository, where) for where in (before, hand, tree))
    paths = sorted(by_hand.changed(before) | by_weft.changed(before))
    old = functions(then, paths)
    people, weft = (changed(old, functions(sources, paths), rename) for sources in (by_hand, by_weft))
    other = {function for function in people if function[1] in apart}
    people -= other
    names = {name for _, name in people}
    names |= {rename.format(name=name) for name in names if rename}
    wanted, made = calls(by_hand, paths, names), calls(by_weft, paths, names)
    same, differ = 0, []
    for key, lists in sorted(wanted.items()):
        left = collections.Counter(made.get(key, ()))
        for arguments in lists:
            if left[arguments]:
                left[arguments] -= 1
                same += 1
            else:
                differ.append(f"{key[0]}: {key[1]}({arguments})")
    return {"hand": listed(people), "weft": listed(weft), "both": listed(people & weft), "apart": listed(other),
            "missed": listed(people - weft), "extra": listed(weft - people),
            "calls": sum(map(len, wanted.values())), "calls_same": same, "calls_other": differ}


def percent(part, whole):
    return f"{100 * part / whole:.0f} %" if whole else "-"


def show(result):
    """The lines that say what compare() found."""
    hand, weft, both = (len(result[key]) for key in ("hand", "weft", "both"))
    yield f"functions: {hand} by hand, {weft} by weft, {both} by both: found {percent(both, hand)}, right {percent(both, weft)}"
    if result["apart"]:
        yield f"by hand, about something else: {', '.join(result['apart'])}"
    yield f"missed: {', '.join(result['missed']) or 'none'}"
    yield f"only by weft: {', '.join(result['extra']) or 'none'}"
    yield f"calls: {result['calls']} by hand, {result['calls_same']} of them written the same by weft"
    for line in result["calls_other"]:
        yield f"  other by weft: {line}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rename")
    parser.add_argument("--apart", nargs="*", default=[])
    for name in ("repository", "before", "hand", "tree"):
        parser.add_argument(name)
    options = parser.parse_args()
    result = compare(options.repository, options.before, options.hand, options.tree, options.rename, options.apart)
    print("\n".join(show(result)))
    return 0 if result["hand"] else 2


if __name__ == "__main__":
    sys.exit(main())
