"""Carries out a rewrite in every way that there is, and compares what the program says before and after."""
import collections
import difflib
import json
import re
import shutil
import subprocess
from pathlib import Path

import execute

APPLY = ("apply", "--no-fsync")
# By name: the commands, after each of which the program must say what it said before.
WAYS = {
    "hybrid": [APPLY],
    "required": [(*APPLY, "--mode", "required")],
    "optional": [(*APPLY, "--mode", "optional")],
    "stages": [(*APPLY, "--stage", "expand"), (*APPLY, "--stage", "contract")],
    "phases": None,  # one for each family of the rules
    "slices": None,  # as many as `plan --split` makes
}
SAME_BYTES = {"stages": "required", "phases": "hybrid", "slices": "hybrid"}
AFTER_HYBRID = ("again", "tenants")  # what else is tried with the tree of that way
TENANTS = ("red", "blue")
TIMEOUT = 300

Failure = collections.namedtuple("Failure", "way kind text")
Failure.__doc__ = """WAY is one of WAYS or AFTER_HYBRID; two failures are the same when WAY and KIND are."""


def does_not_run(failures):
    """Whether it is the program as it was made that ends with an error, before weft has touched it."""
    return any(failure.way == "before" for failure in failures)


class Judge:
    def __init__(self, weft, work):
        self.weft, self.work = weft, Path(work)
        self.runner = execute.Runner()

    def check(self, files, below, ways=(*WAYS, *AFTER_HYBRID)):
        """What is wrong with the rewrites of FILES; BELOW gives the steps that run when a step runs."""
        failures = self.check_once(files, below, ways)
        if failures:  # again without what programs before it may have left in the process
            self.runner.is_fresh = True
            failures = self.check_once(files, below, ways)
            self.runner.is_fresh = False
        return failures

    def check_once(self, files, below, ways):
        self.files, self.outcomes = files, {}
        before = self.run(self.fresh("before"), "default", ["default"])
        if before.status != 0:
            return [Failure("before", "does not run", before.errors)]
        failures, trees = [], {}
        for way in (way for way in ways if way in WAYS):
            failure = self.try_way(way, before, trees)
            if failure:
                failures.append(failure)
        for way, same in SAME_BYTES.items():
            if way in trees and same in trees and trees[way] != trees[same]:
                failures.append(Failure(way, f"other bytes than {same}", difference(trees[same], trees[way])))
        if "hybrid" in trees:
            failures += self.check_again() if "again" in ways else []
            failures += self.check_tenants(below) if "tenants" in ways else []
        return failures

    def fresh(self, name):
        """A new tree of the files."""
        folder = self.work / name
        shutil.rmtree(folder, ignore_errors=True)
        for path, text in self.files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        return folder

    def run(self, folder, tenant, arguments):
        """What the program in FOLDER says. Ways that end in the same bytes are one program, which runs once."""
        paths = sorted(folder.glob("app/**/*.py"))
        key = (tenant, *arguments, *((path.relative_to(folder), path.read_bytes()) for path in paths))
        if key not in self.outcomes:
            self.outcomes[key] = self.runner.run(folder, tenant, arguments)
        return self.outcomes[key]

    def weave(self, folder, *arguments):
        return subprocess.run([self.weft, *arguments, "-C", folder, "-j", "1"], capture_output=True, text=True,
                              timeout=TIMEOUT, check=False)

    def try_way(self, way, before, trees):
        folder = self.fresh(way)
        commands = WAYS[way]
        if way == "phases":
            families = re.findall(r"family: (\w+)", self.files["weft.yml"])
            commands = [(*APPLY, "--phase", family) for family in dict.fromkeys(["isolation_context", *families])]
        elif commands is None:
            plans = self.work / "plans"
            shutil.rmtree(plans, ignore_errors=True)
            done = self.weave(folder, "plan", "--split", "component", "-o", plans)
            if done.returncode != 0:
                return refused(way, done)
            commands = [(*APPLY, "--plan", plan) for plan in sorted(plans.glob("plan-*.json"))]
        for at, command in enumerate(commands):
            done = self.weave(folder, *command)
            if done.returncode != 0:
                return refused(way, done)
            if at + 1 < len(commands) and "nothing to do" in done.stderr:
                continue
            kind, text = compare(before, self.run(folder, "default", ["default"]))
            if kind:
                return Failure(way, kind, f"after {' '.join(map(str, command))}\n{text}")
        trees[way] = {str(p.relative_to(folder)): p.read_text() for p in sorted(folder.glob("app/**/*.py"))}
        return None

    def check_again(self):
        """A second run plans nothing."""
        again = self.weave(self.work / "hybrid", "diff")
        return [Failure("again", "a second run changes more", again.stdout)] if again.stdout else []

    def check_tenants(self, below):
        """What each of two tenants gets is what it gets alone, where weft says that all is isolated."""
        loose = None  # asked for when it matters
        both = self.run(self.work / "hybrid", "default", TENANTS)
        for tenant in TENANTS:
            alone = self.run(self.work / "before", tenant, [tenant])
            own = [line for line in both.lines if line.startswith(tenant)]
            for one, other in zip(alone.lines, own):
                if one == other:
                    continue
                number = int(one.split()[1][1:])
                loose = self.not_isolated() if loose is None else loose
                if not below(number) & loose:
                    return [Failure("tenants", f"f{number} is isolated and leaks",
                                    f"alone  {one}\nbefore {other}\n{both.errors}")]
            if len(alone.lines) != len(own):
                return [Failure("tenants", "lines are missing", both.errors)]
        return []

    def not_isolated(self):
        """The steps with an access that weft does not call isolated."""
        report = json.loads(self.weave(self.work / "before", "report", "--format", "json").stdout)
        found = set()
        for file in report["file_analyses"]:
            for access in file["details"]:
                if "import_time" in access["origins"]:
                    found |= self.counting()
                name = (access["function"] or "").split(".", 2)[-1]
                number = re.search(r"\d+", name) or re.search(r"\d+", access["source_line"])
                if not access["isolated"] and file["path"] != "app/config.py":
                    found.add(int(number.group()) if number else 0)
        return found

    def counting(self):
        """The steps that count what was put into the settings: an access at import puts it into the default
        tenant's, and in a process of one tenant that is its own."""
        text = "\n".join(self.files.values())
        return {int(number) for number, body in re.findall(r"^(?:async )?def f(\d+)\((.*?)(?=^\S)", text, re.S | re.M)
                if ".seen" in body}


def refused(way, done):
    code = re.search(r"error\[(\w+)\]", done.stderr)
    return Failure(way, f"exit {done.returncode} {code.group(1) if code else ''}", done.stderr)


def compare(before, after):
    """The kind of the first difference, and a text; None when there is none."""
    if before.lines == after.lines and before.status == after.status:
        return None, ""
    if before.status != after.status:
        return f"exit status {after.status} {last_error(after.errors)}", after.errors
    for one, other in zip(before.lines, after.lines):
        if one != other:
            failed = re.fullmatch(r"\S+ (f\d+) (\w+Error|Exception)", other)
            number = one.split()[1]
            kind = f"{number} {failed.group(2)}" if failed else f"{number} has another value"
            return kind, f"before {one}\nafter  {other}\n{after.errors}"
    return "other lines", after.errors


def last_error(errors):
    names = re.findall(r"^(\w+(?:\.\w+)*):", errors, re.M)
    return names[-1] if names else ""


def difference(left, right):
    out = []
    for path in sorted(left.keys() | right.keys()):
        out += difflib.unified_diff(left.get(path, "").splitlines(), right.get(path, "").splitlines(), path, path,
                                    lineterm="")
    return "\n".join(out)
