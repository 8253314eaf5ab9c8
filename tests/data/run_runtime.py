#!/usr/bin/python3
"""The migrated database through the migrated code: the suite of `weft verify --write-tests`, on the example bot.

    tests/data/run_runtime.py --weft PROGRAM

Each old row has one owner, whose context sees it; a tenant that owns none sees none. What the suite must find is done to
copies of the database: a row that is gone, a row that a stranger sees.
"""
import argparse
import glob
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
FIXTURE = os.path.join(HERE, "../../fixtures/maibot")
RULES = "version: 1\npacks: [maibot]\n"
TALK = """import asyncio, logging, os, sys
sys.path[:0] = [os.getcwd(), os.path.join(os.getcwd(), "tests")]
os.environ["MAIBOT_DATA_DIR"] = "data"
logging.disable(logging.CRITICAL)
from src.main import MainSystem
from traffic import say


async def start():
    system = MainSystem()
    await system.initialize()
    await system.shutdown()


asyncio.run(start())
for word in sys.argv[1:]:
    say(word, "一")
    say(word, "二")
"""
OLD = "initialize_database()\n"
NEW = """from src.isolation import share_rows, tenant_columns  # noqa: E402

share_rows(OnlineTime)
tenant_columns(*MODELS)
initialize_database()
"""


class Trial:
    def __init__(self, weft, folder):
        self.weft, self.folder = os.path.abspath(weft), folder
        self.bot, self.suite = os.path.join(folder, "bot"), os.path.join(folder, "suite")
        self.base = os.path.join(self.bot, "data", "MaiBot.db")
        self.environment = {**os.environ, "XDG_STATE_HOME": os.path.join(folder, "state"), "PYTHONDONTWRITEBYTECODE": "1"}

    def run(self, *words, expect=0, **environment):
        done = subprocess.run(words, cwd=self.bot, env={**self.environment, **environment}, capture_output=True, text=True,
                              check=False)
        assert expect is None or done.returncode in (expect, 3), f"{words}: {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout + (done.stderr if expect is None else "")

    def migrate(self):
        shutil.copytree(FIXTURE, self.bot)
        with open(os.path.join(self.bot, "weft.yml"), "w", encoding="utf-8") as file:
            file.write(RULES)
        self.run(sys.executable, "-c", TALK, "早", "你好", "晚安")
        plan = os.path.join(self.folder, "plan.json")
        self.run(self.weft, "data", "plan", "--database", self.base, "-o", plan)
        self.run(self.weft, "data", "apply", "--database", self.base, "--plan", plan)
        self.run(self.weft, "apply", "--allow-dirty")
        models = os.path.join(self.bot, "src/common/database/database_model.py")
        with open(models, encoding="utf-8") as file:
            text = file.read()
        assert text.count("\n" + OLD) == 1
        with open(models, "w", encoding="utf-8") as file:
            file.write(text.replace("\n" + OLD, "\n" + NEW))
        self.run(self.weft, "verify", "--write-tests", self.suite, expect=0)

    def judge(self, base, expect=0):
        """What the suite says of the database at BASE, beside the backup."""
        (backup,) = glob.glob(os.path.join(self.folder, "state/weft/data-*/backup-*.db"))
        return self.run(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "old_rows", self.suite,
                        expect=expect, WEFT_DATABASE=base, WEFT_BACKUP=backup)

    def damaged(self, *statements):
        copy = os.path.join(self.folder, "copy.db")
        shutil.copy(self.base, copy)
        with sqlite3.connect(copy) as base:
            for statement in statements:
                base.execute(statement)
        base.close()
        return copy


def main():
    parser = argparse.ArgumentParser(description="the migrated database through the migrated code")
    parser.add_argument("--weft", required=True)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="weft-runtime-") as folder:
        trial = Trial(options.weft, folder)
        trial.migrate()
        said = trial.judge(trial.base)
        assert "5 passed, 1 skipped" in said, said
        other = "UPDATE messages SET tenant_id = 'acme' WHERE id = (SELECT min(id) FROM messages)"
        trial.judge(trial.damaged(other))  # of another owner, and still seen by one
        gone = trial.judge(trial.damaged("DELETE FROM messages WHERE id = (SELECT min(id) FROM messages)"), expect=1)
        assert "old rows are gone: [1]" in gone, gone
        strange = "UPDATE messages SET tenant_id = 'weft-tenant-a', agent_id = 'weft' WHERE id = 1"
        seen = trial.judge(trial.damaged(strange), expect=1)
        assert "a tenant without rows sees some" in seen, seen
    print("the default tenant sees the old rows, and nobody else does")


if __name__ == "__main__":
    main()
