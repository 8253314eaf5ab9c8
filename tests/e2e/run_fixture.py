#!/usr/bin/env python3
"""One fixture from end to end, as a user would meet it.

usage: run_fixture.py --weft PROGRAM --fixture FOLDER [--stand-ins FOLDER] [--no-suites] [--regression]

  before   the fixture's own tests pass; the two-tenant tests fail (tenants see each other)
  diff     `weft diff` is accepted by `git apply --check`, and every sink is accounted for
  after    both suites pass on the result
  again    a second `weft diff` plans nothing
  plan     `weft plan` writes what its schema describes; `diff --plan` shows the same diff
  verify   `weft verify` finds nothing new beside the tree before; with --regression, the suite that it
           writes passes on the result and fails on the tree before
  apply    `weft apply` writes the bytes that `git apply` wrote, and so does `apply --plan`; a second
           `apply --plan` finds a stale plan
  back     `git apply -R` restores every byte and mode

--stand-ins names a folder of packages that the fixture's tests import, instead of a framework that Debian does not have.
--no-suites leaves the fixture's own tests out: for a second build of the same program, whose diff
the first build's run has judged already. Everything happens on copies in a temporary folder. Exit status 0 when all of it holds.
"""
import argparse
import concurrent.futures
import json
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import state_folder

import jsonschema

PYTHON = "/usr/bin/python3"
SCHEMA = os.path.join(os.path.dirname(__file__), "../../docs/schema/plan.schema.json")
STALE = 4
IGNORED = shutil.ignore_patterns("__pycache__", ".pytest_cache", "*.pyc")


def run(*command, cwd, check=True):
    done = subprocess.run(command, cwd=cwd, capture_output=True, env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"})
    if check and done.returncode:
        fail(f"{' '.join(command)} exited with {done.returncode}", done)
    return done


def fail(what, done=None):
    print(f"FAILED: {what}")
    if done:
        print(done.stdout.decode("utf-8", "replace")[-4000:])
        print(done.stderr.decode("utf-8", "replace")[-4000:])
    sys.exit(1)


def contents(tree):
    """path -> (mode, bytes) of every source file; what running the tests leaves behind does not count."""
    found = {}
    for folder, folders, files in os.walk(tree):
        folders[:] = [f for f in folders if f not in (".git", ".weft", "__pycache__", ".pytest_cache")]
        for name in files:
            path = os.path.join(folder, name)
            if name.endswith((".py", ".pyi", ".toml", ".json", ".ini", ".md")):
                with open(path, "rb") as file:
                    found[os.path.relpath(path, tree)] = (stat.S_IMODE(os.stat(path).st_mode), file.read())
    return found


def pytest(tree, suite):
    """(passed, failed) of one suite, run on a copy so that the tree stays as it is."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = os.path.join(scratch, "tree")
        shutil.copytree(tree, copy, ignore=IGNORED)
        done = run(PYTHON, "-m", "pytest", "-q", "-p", "no:cacheprovider", suite, cwd=copy, check=False)
    text = done.stdout.decode("utf-8", "replace")
    count = {word: int(number) for number, word in re.findall(r"(\d+) (passed|failed|error)", text)}
    if not count or count.get("error"):
        fail(f"pytest {suite} did not run", done)
    return count.get("passed", 0), count.get("failed", 0)


def expect_suites(tree, when, tenants_pass):
    with concurrent.futures.ThreadPoolExecutor() as pool:
        own, tenants = pool.map(lambda suite: pytest(tree, suite), ("tests", "two_tenants"))
    passed, failed = own
    if failed:
        fail(f"{when}: {failed} of the fixture's own tests fail")
    print(f"{when}: {passed} tests pass")
    passed, failed = tenants
    if (failed if tenants_pass else passed):
        fail(f"{when}: of the two-tenant tests {passed} pass and {failed} fail")
    print(f"{when}: {passed} two-tenant tests pass, {failed} fail")


def expect_sum(text):
    """The outcomes of --stat add up to the sinks."""
    sinks = int(re.search(r"^sinks +(\d+)", text, re.M)[1])
    outcomes = ("threaded", "held", "carried", "closure", "created", "bridged", "refused", "ignored")
    counted = [int(re.search(rf"^  {name} +(\d+)", text, re.M)[1]) for name in outcomes]
    if sum(counted) != sinks or not sinks:
        fail(f"outcomes {counted} do not add up to {sinks} sinks")
    print(f"stat: {sinks} sinks, outcomes {counted}")


def expect_plan(weft, plan, diff, tree):
    """The plan file is what its schema says, and shows the reviewed diff."""
    with open(plan, encoding="utf-8") as file, open(SCHEMA, encoding="utf-8") as schema:
        document = json.load(file)
        jsonschema.Draft202012Validator(json.load(schema)).validate(document)
    with open(diff, "rb") as file:
        if run(weft, "diff", "--plan", plan, cwd=tree).stdout != file.read():
            fail("diff and diff --plan differ")
    print(f"plan: {len(document['files'])} files, the same diff")


def findings(weft, tree):
    """How often the report names each code."""
    report = json.loads(run(weft, "report", "--format", "json", cwd=tree).stdout)
    return {row["code"]: row["count"] for row in report["refusals"] + report["warnings"]}


def expect_findings(weft, before, after):
    """What was said of the tree is said of the result. Reads that went to one local are said once."""
    old, new = findings(weft, before), findings(weft, after)
    if set(old) != set(new) or any(new[code] > old[code] for code in new):
        fail(f"the findings before are {old}, after {new}")
    changed = {code for code in old if old[code] != new[code]} - {"W301"}
    if changed:
        fail(f"findings of {changed} vanish by applying: before {old}, after {new}")
    print(f"findings: {sum(new.values())}, as before")


def expect_verified(weft, before, tree, scratch, run_suite):
    suite = os.path.join(scratch, "suite")
    write = ("--write-tests", suite) if run_suite else ()
    done = run(weft, "verify", *write, "--format", "json", before, tree, cwd=scratch)
    if json.loads(done.stdout)["result"] != "same":
        fail("weft verify finds the result changed for better or worse", done)
    print("verify: nothing new")
    if not run_suite:
        return
    passed, failed = pytest(tree, suite)
    if failed or not passed:
        fail(f"of the regression suite {passed} tests pass and {failed} fail on the result")
    passed_before, failed_before = pytest(before, suite)
    if passed_before or failed_before != passed:
        fail(f"of the regression suite {passed_before} tests pass on the tree before")
    print(f"verify: {passed} regression tests pass, and fail before")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weft", required=True)
    parser.add_argument("--fixture", required=True)
    parser.add_argument("--stand-ins", type=os.path.abspath)
    parser.add_argument("--no-suites", action="store_true")
    parser.add_argument("--regression", action="store_true")
    options = parser.parse_args()
    weft = os.path.abspath(options.weft)
    if options.stand_ins:
        os.environ["PYTHONPATH"] = options.stand_ins
    with tempfile.TemporaryDirectory() as scratch:
        tree, other = os.path.join(scratch, "bot"), os.path.join(scratch, "other")
        shutil.copytree(options.fixture, tree, ignore=IGNORED)
        shutil.copytree(tree, other)
        before = contents(tree)
        if not options.no_suites:
            expect_suites(tree, "before", tenants_pass=False)

        diff = os.path.join(scratch, "weft.diff")
        with open(diff, "wb") as file:
            file.write(run(weft, "diff", cwd=tree).stdout)
        if os.path.getsize(diff) == 0:
            fail("the diff is empty")
        expect_sum(run(weft, "diff", "--stat", cwd=tree).stdout.decode())
        run("git", "init", "-q", ".", cwd=tree)
        run("git", "apply", "--check", diff, cwd=tree)
        run("git", "apply", diff, cwd=tree)
        after = contents(tree)
        if not options.no_suites:
            expect_suites(tree, "after", tenants_pass=True)

        expect_verified(weft, other, tree, scratch, run_suite=options.regression)

        expect_findings(weft, other, tree)
        again = run(weft, "diff", cwd=tree).stdout
        if again:
            fail("a second run plans more:\n" + again.decode("utf-8", "replace")[:2000])
        print("again: nothing to do")

        plan = os.path.join(scratch, "plan.json")
        run(weft, "plan", "-o", plan, cwd=other)
        expect_plan(weft, plan, diff, other)
        planned = os.path.join(scratch, "planned")
        shutil.copytree(other, planned)
        run(weft, "apply", cwd=other)
        if contents(other) != after:
            fail("weft apply and git apply differ")
        run(weft, "apply", "--plan", plan, cwd=planned)
        if contents(planned) != after:
            fail("weft apply --plan and git apply differ")
        done = run(weft, "apply", "--plan", plan, cwd=planned, check=False)
        if done.returncode != STALE or contents(planned) != after:
            fail("a second apply --plan is not refused as stale", done)
        print("apply: the same bytes")
        run("git", "apply", "-R", diff, cwd=tree)
        if contents(tree) != before:
            fail("git apply -R does not restore the tree")
        print("back: every byte restored")


if __name__ == "__main__":
    main()
