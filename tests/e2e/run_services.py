#!/usr/bin/python3
"""The files for pre-commit, GitHub and GitLab, as far as they run without the service: each command that
they hold is carried out in a repository, once where it passes and once where it fails.

    tests/e2e/run_services.py --weft build/release/weft --root .
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree
from pathlib import Path

import yaml

from run_check import Tree, demand, function


def run(tree, command, variables=()):
    """COMMAND by bash in the tree, with weft on PATH."""
    environment = {**tree.environment, **dict(variables),
                   "PATH": f"{Path(tree.weft).parent}:{os.environ['PATH']}"}
    done = subprocess.run(["bash", "-euc", command], cwd=tree.root, env=environment, text=True,
                          capture_output=True)
    return done.returncode, done.stdout + done.stderr


def twice(tree, command, variables=()):
    """Exit codes and output without and with a new access."""
    good = run(tree, command, variables)
    tree.write("app/fresh.py", function("fresh"))
    bad = run(tree, command, variables)
    (tree.root / "app/fresh.py").unlink()
    demand(good[0] == 0, f"{command}: fails where nothing is new", good[1])
    demand(bad[0] == 1, f"{command}: exit {bad[0]} for a new access", bad[1])
    return bad[1]


def pre_commit(tree, root):
    hooks = yaml.safe_load((root / ".pre-commit-hooks.yaml").read_text())
    for hook in hooks:
        demand({"id", "name", "entry", "language"} <= set(hook), "a hook lacks a key", hook)
        text = twice(tree, hook["entry"])
        demand("app/fresh.py:5:12" in text, "the place is missing", text)


def github(tree, root):
    action = yaml.safe_load((root / "action.yml").read_text())
    step = action["runs"]["steps"][-1]
    names = {name: value.strip("${} ").removeprefix("inputs.") for name, value in step["env"].items()}
    demand(set(names.values()) == set(action["inputs"]), "inputs and env differ", names)
    fake = tree.root.parent / "action" / "build" / "release"
    fake.mkdir(parents=True)
    (fake / "weft").symlink_to(tree.weft)
    sarif = tree.root.parent / "out.sarif"
    variables = {"GITHUB_ACTION_PATH": str(fake.parent.parent), "WEFT_DIRECTORY": ".",
                 "WEFT_ARGUMENTS": "--max-refused 3", "WEFT_CHANGED_SINCE": "HEAD", "WEFT_SARIF": str(sarif)}
    text = twice(tree, step["run"], variables)
    demand("::warning file=app/fresh.py,line=5" in text, "no annotation", text)
    results = json.loads(sarif.read_text())["runs"][0]["results"]
    demand([r["baselineState"] for r in results].count("new") == 1, "SARIF", results)


def gitlab(tree, root):
    job = yaml.safe_load((root / "docs/ci/gitlab.yml").read_text())["weft"]
    for command in job["script"]:
        twice(tree, command, {"CI_MERGE_REQUEST_DIFF_BASE_SHA": "HEAD"})
    reports = job["artifacts"]["reports"]
    quality = json.loads((tree.root / reports["codequality"]).read_text())
    demand(len(quality) == 1 and quality[0]["location"]["path"] == "app/fresh.py", "quality", quality)
    suite = xml.etree.ElementTree.parse(tree.root / reports["junit"]).getroot()
    demand(len(suite.findall(".//failure")) == 1, "junit", reports)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weft", required=True)
    parser.add_argument("--root", type=Path, required=True)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "tree").mkdir()
        tree = Tree(Path(folder) / "tree", str(Path(options.weft).resolve()))
        tree.check(0, "--update-baseline")
        tree.commit("start")
        pre_commit(tree, options.root)
        github(tree, options.root)
        gitlab(tree, options.root)
    print("ok")


if __name__ == "__main__":
    sys.exit(main())
