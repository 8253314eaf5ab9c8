#!/usr/bin/python3
"""The files for pre-commit, GitHub and GitLab, as far as they run without the service: each command that
they hold is carried out in a repository, once where it passes and once where it fails.

    tests/e2e/run_services.py --weft build/release/weft --root .
"""
import argparse
import json
import os
import re
import shlex
import shutil
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


def hooks_alone(tree, root):
    for hook in yaml.safe_load((root / ".pre-commit-hooks.yaml").read_text()):
        demand({"id", "name", "entry", "language"} <= set(hook), "a hook lacks a key", hook)
        text = twice(tree, hook["entry"])
        demand("app/fresh.py:5:12" in text, "the place is missing", text)


def pre_commit(tree, root):
    """The program itself, with the hooks in a git repository of their own."""
    hooks = Path(tree.root).parent / "hooks"
    hooks.mkdir()
    shutil.copy(root / ".pre-commit-hooks.yaml", hooks)
    for command in ("init -q", "add -A", "-c user.name=a -c user.email=a@b.c commit -qm hooks"):
        subprocess.run(["git", *shlex.split(command)], cwd=hooks, env=tree.environment, check=True)
    revision = subprocess.run(["git", "rev-parse", "HEAD"], cwd=hooks, env=tree.environment, check=True,
                              text=True, capture_output=True).stdout.strip()
    tree.write(".pre-commit-config.yaml", yaml.safe_dump({"repos": [
        {"repo": str(hooks), "rev": revision, "hooks": [{"id": "weft-check"}, {"id": "weft-baseline"}]}]}))
    tree.commit("hooks")
    home = {"PRE_COMMIT_HOME": str(hooks.parent / "pre-commit")}
    good = run(tree, "pre-commit run --all-files", home)
    demand(good[0] == 0 and good[1].count("Passed") == 2, "pre-commit fails where nothing is new", good)
    tree.write("app/fresh.py", function("fresh"))
    tree.git("add", "-A")
    bad = run(tree, "pre-commit run", home)
    demand(bad[0] == 1 and "app/fresh.py:5:12" in bad[1], "pre-commit lets a new access pass", bad)
    tree.git("rm", "-qf", "--cached", "app/fresh.py")
    (tree.root / "app/fresh.py").unlink()


def archive_of(weft, folder):
    """A tarball as a release's, with its checksum beside it."""
    top = folder / "weft-1-linux" / "bin"
    top.mkdir(parents=True)
    shutil.copy(weft, top / "weft")
    archive = folder / "weft-1-linux.tar.gz"
    subprocess.run(["tar", "-czf", archive.name, "weft-1-linux"], cwd=folder, check=True)
    with open(folder / "SHA256SUMS", "wb") as sums:
        subprocess.run(["sha256sum", archive.name], cwd=folder, check=True, stdout=sums)
    return archive


def steps_of(action, given, outputs):
    """The shell steps with their variables, as the runner fills them in."""
    def value(match):
        name = match[1].strip()
        if name.startswith("inputs."):
            return given.get(name[7:], action["inputs"][name[7:]]["default"])
        if name.startswith("steps."):
            return outputs().get(name.split(".")[-1], "")
        return ""
    for step in action["runs"]["steps"]:
        if "run" in step:
            filled = {key: re.sub(r"\$\{\{(.*?)\}\}", value, text) for key, text in step.get("env", {}).items()}
            yield step["name"], step["run"], filled


def github(tree, root):
    scratch = tree.root.parent / "github"
    scratch.mkdir()
    action = yaml.safe_load((root / "action.yml").read_text())
    archive = archive_of(tree.weft, scratch)
    sarif, output = scratch / "out.sarif", scratch / "output"
    output.write_text("")
    runner = {"GITHUB_ACTION_PATH": str(root), "GITHUB_OUTPUT": str(output), "RUNNER_TOOL_CACHE": str(scratch / "cache"),
              "GITHUB_SERVER_URL": "https://example.org"}
    given = {"archive": str(archive), "arguments": "--max-refused 3", "changed-since": "HEAD", "sarif": str(sarif)}
    used = re.findall(r"inputs\.([\w-]+)", (root / "action.yml").read_text())
    demand(set(used) == set(action["inputs"]), "inputs that no step reads", used)
    outputs = lambda: dict(line.split("=", 1) for line in output.read_text().splitlines())
    for _ in range(2):  # the second time from the cache
        for name, command, variables in steps_of(action, given, outputs):
            if name != "weft check":
                done = run(tree, command, {**runner, **variables})
                demand(done[0] == 0, name, done[1])
                continue
            text = twice(tree, command, {**runner, **variables})
            demand("::warning file=app/fresh.py,line=5" in text, "no annotation", text)
    results = json.loads(sarif.read_text())["runs"][0]["results"]
    demand([r["baselineState"] for r in results].count("new") == 1, "SARIF", results)
    archive.write_bytes(b"another file")
    done = run(tree, f"{root}/packaging/install_release.sh {archive} {scratch}/other")
    demand(done[0] == 1 and "SHA-256" in done[1], "a tarball with a wrong checksum is installed", done)


def gitlab(tree, root):
    scratch = tree.root.parent / "gitlab"
    scratch.mkdir()
    job = yaml.safe_load((root / "docs/ci/gitlab.yml").read_text())["weft"]
    archive = archive_of(tree.weft, scratch)
    variables = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": "HEAD", "WEFT_ARCHIVE": str(archive),
                 "WEFT_FOLDER": str(scratch / "program"),
                 "WEFT_CHECKSUM": (scratch / "SHA256SUMS").read_text().split()[0]}
    for _ in range(2):  # the second time from the cache
        for command in job["before_script"]:
            done = run(tree, command, variables)
            demand(done[0] == 0, "before_script", done[1])
    for command in job["script"]:
        twice(tree, command, variables)
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
    root = options.root.resolve()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "tree").mkdir()
        tree = Tree(Path(folder) / "tree", str(Path(options.weft).resolve()))
        tree.check(0, "--update-baseline")
        tree.commit("start")
        hooks_alone(tree, root)
        pre_commit(tree, root)
        github(tree, root)
        gitlab(tree, root)
    print("ok")


if __name__ == "__main__":
    sys.exit(main())
