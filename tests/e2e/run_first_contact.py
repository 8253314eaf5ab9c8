#!/usr/bin/python3
"""The first minutes with weft: `weft init`, `weft scan`, `weft diff`, `weft apply` on small trees that are like
programs people have. Nothing is corrected by hand, and every command must end well.

    tests/e2e/run_first_contact.py --weft build/release/weft
"""
import argparse
import ast
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

TREES = Path(__file__).resolve().parent / "first_contact"
# A line that the change must have: the shared state was found, and the context gets to it.
EXPECTED = {
    "discord_bot": 'return tenant_settings("config", isolation_context).star_channel',
    "django_site": 'return tenant_settings("django.conf.settings", isolation_context).DEFAULT_FROM_EMAIL',
    "fastapi_service": "return title(isolation_context=isolation_context)",
    "flask_config": 'return tenant_settings("flask.current_app.config", isolation_context)["ADMINS"][0]',
    "flask_resources": 'return tenant_settings("app.settings", isolation_context).LIMIT',
    "nonebot_plugins": "return get_isolated_plugin_config(isolation_context).reward",
    "rebound_settings": 'return tenant_settings("config.config", isolation_context).get("prefix", "") + text',
    "userbot": 'config = tenant_settings("userbot.config.Config", isolation_context)',
}
STAYS = {
    "django_site": "shop/migrations/0001_initial.py",
    "fastapi_service": "backend/app/alembic/versions/1_first.py",
}


def run(weft, tree, *args):
    environment = dict(os.environ, XDG_STATE_HOME=str(tree.parent / "state"))
    done = subprocess.run([weft, *args], cwd=tree, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(f"weft {' '.join(args)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout, done.stderr


def check_tree(weft, name, work):
    tree = work / name / "tree"
    shutil.copytree(TREES / name, tree)
    run(weft, tree, "init")
    sinks, said = run(weft, tree, "scan")
    assert "no sinks found" not in sinks, "nothing was found"
    assert "W408" not in said, f"a rule that init wrote names nothing:\n{said}"
    diff, _ = run(weft, tree, "diff")
    added = [line[1:].strip() for line in diff.splitlines() if line.startswith("+")]
    assert EXPECTED[name] in added, f"the change has no line {EXPECTED[name]!r}; in {tree}"
    assert name not in STAYS or STAYS[name] not in diff, f"{STAYS.get(name)} changes"
    run(weft, tree, "apply")
    for path in tree.rglob("*.py"):
        ast.parse(path.read_text(), str(path))
    again, said = run(weft, tree, "diff")
    assert again == "", f"a second run changes:\n{again}"
    assert "W408" not in said, f"after the change a rule names nothing:\n{said}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weft", required=True)
    weft = str(Path(parser.parse_args().weft).resolve())
    names = sorted(path.name for path in TREES.iterdir())
    assert names == sorted(EXPECTED), "each tree has its line"
    failed = 0
    with tempfile.TemporaryDirectory() as work:
        for name in names:
            try:
                check_tree(weft, name, Path(work))
                print(f"ok   {name}")
            except AssertionError as error:
                failed += 1
                print(f"FAIL {name}: {error}")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
