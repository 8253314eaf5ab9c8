#!/usr/bin/python3
"""Small modules that leak from one tenant to the next, and near misses that do not.

    tests/leaks/run_leaks.py --weft build/release/weft                all of them
    tests/leaks/run_leaks.py --weft build/release/weft chain_map      one

Each file of leak/ and sound/ is a module with a function handle(message), which on_message of a small bot
calls. weft rewrites the bot; then two processes serve one tenant each, and a third one serves both in turn.
Whoever gets another answer beside the other tenant than alone was leaked to. What weft calls isolated must give
the same answers where nothing is ambient, so that each access has got its context passed.

    leak/     before the rewrite, it leaks where settings are each tenant's. weft must mend it or name it: a
              leak that remains, with all accesses called isolated, is a miss
    sound/    no answer changes; weft must not report a kept value (W310), and must not make one leak
"""
import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from serve import serve

HERE = Path(__file__).resolve().parent
KEPT = "W310"
TIMEOUT = 60  # seconds


def run(*command, cwd, check=True, **environment):
    done = subprocess.run(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=TIMEOUT,
                          env={**os.environ, "XDG_STATE_HOME": str(cwd.parent / "state"), **environment})
    if check and done.returncode:
        raise RuntimeError(f"{command[:2]} ends with {done.returncode}: {done.stderr.decode()[-600:]}")
    return done


def answers(tree, tenants, **environment):
    """What handle() gives for one message after the other, by tenant."""
    given = serve(tree, tenants, TIMEOUT, environment)
    return {tenant: [answer for who, answer in given if who == tenant] for tenant in set(tenants)}


def leaks(tree):
    both = answers(tree, ["a", "b", "a", "b"])
    return any(answers(tree, [tenant] * 2)[tenant] != both[tenant] for tenant in ("a", "b"))


def reads_ambient(module, tree):
    """The error of an access that was passed no context, or none: start() has none to be passed, and who asks for
    the ambient one gets it."""
    source = module.read_text()
    if "def start" in source or "current_isolation_context" in source:
        return None
    try:
        passed = answers(tree, ["a", "b"], PASSED_ONLY="1")
    except RuntimeError as error:
        return str(error)
    return None if passed == answers(tree, ["a", "b"]) else "other answers where nothing is ambient"


def judge(weft, tree):
    """The codes that weft names, and whether it calls every access isolated."""
    report = json.loads(run(weft, "report", "--format", "json", cwd=tree).stdout)
    codes = sorted(row["code"] for row in report["refusals"] + report["warnings"])
    accesses = [access for file in report["file_analyses"] for access in file["details"]]
    return codes, bool(accesses) and all(access["isolated"] for access in accesses)


def examine(weft, module):
    """An error, or none; and what is to be said of the module."""
    try:
        return judge_module(weft, module)
    except (RuntimeError, subprocess.TimeoutExpired) as error:
        return str(error), []


def judge_module(weft, module):
    with tempfile.TemporaryDirectory() as scratch:
        tree = Path(scratch) / "tree"
        shutil.copytree(HERE / "tree", tree)
        shutil.copy(module, tree / "app" / "case.py")
        codes, isolated = judge(weft, tree)
        run(weft, "apply", "-q", "--allow-dirty", "--no-fsync", cwd=tree)
        if run(weft, "diff", cwd=tree).stdout:
            return "a second run plans more", codes
        after = judge(weft, tree)
        still = leaks(tree)
        ambient = reads_ambient(module, tree) if isolated and not still else None
    if after[1] != isolated:
        return f"isolated is {isolated} before apply and {after[1]} after it", codes
    if still and isolated:
        return "it leaks, and weft calls it isolated", codes
    if ambient:
        return f"weft calls it isolated, and {ambient}", codes
    if module.parent.name == "sound" and still:
        return "it leaks after the rewrite", codes
    if module.parent.name == "sound" and (KEPT in codes or KEPT in after[0]):
        return "a false alarm", codes
    if module.parent.name == "sound" and not isolated:
        return None, codes + ["not isolated"]
    return None, codes + (["mended"] if module.parent.name == "leak" and not still else [])


def judge_together(weft, modules):
    """One bot that has all MODULES of a kind: an error, or none. What a build with sanitizers asks, which takes ten times as long."""
    with tempfile.TemporaryDirectory() as scratch:
        tree = Path(scratch) / "tree"
        shutil.copytree(HERE / "tree", tree)
        cases = tree / "app" / "cases"
        cases.mkdir()
        (cases / "__init__.py").touch()
        for module in modules:
            shutil.copy(module, cases)
        names = [module.stem for module in modules]
        (tree / "app" / "case.py").write_text(
            "".join(f"from app.cases import {name}\n" for name in names) + "\n\nasync def handle(d):\n    return [" +
            ", ".join(f"{name}.handle(d)" for name in names) + "]\n")
        codes, _ = judge(weft, tree)
        run(weft, "apply", "-q", "--allow-dirty", "--no-fsync", cwd=tree)
        if run(weft, "diff", cwd=tree).stdout:
            return "a second run plans more"
        judge(weft, tree)
        if (KEPT in codes) != (modules[0].parent.name == "leak"):
            return f"{' '.join(codes)} of {len(modules)} modules"
        return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weft", required=True)
    parser.add_argument("--kind", choices=("leak", "sound"))
    parser.add_argument("--together", action="store_true", help="one bot with all of them, and no look at what it answers")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    if options.together and not options.kind:
        parser.error("--together wants a --kind")
    weft = os.path.abspath(options.weft)
    modules = [path for path in sorted(HERE.glob("leak/*.py")) + sorted(HERE.glob("sound/*.py"))
               if (not options.names or path.stem in options.names)
               and options.kind in (None, path.parent.name)]
    for module in modules:
        first = module.read_text().splitlines()[0]
        if not re.match(r"# (leak|sound): ", first) or not first.startswith(f"# {module.parent.name}"):
            raise SystemExit(f"{module}: the first line does not say what is expected")
    if options.together:
        error = judge_together(weft, modules)
        print(error or f"{len(modules)} modules in one bot")
        return error is not None
    failed = 0
    with ProcessPoolExecutor(2) as pool:
        for module, (error, codes) in zip(modules, pool.map(partial(examine, weft), modules)):
            failed += error is not None
            print(f"{'FAIL' if error else 'ok  '} {module.parent.name}/{module.stem}: {' '.join(codes)}"
                  + (f": {error}" if error else ""))
    print(f"{len(modules) - failed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
