#!/usr/bin/python3
"""A real bot's own models and `weft data`: they make the tables, a generator fills them, and the pack says whose rows are.

    tests/data/run_real.py --weft PROGRAM --tree DIR [--pack NAME] [--models MODULE] [--rows N]

DIR is a tree of MaiBot with peewee's models, which make or change the database when they are imported; what else they import
is replaced by nothing. Three chats have owners of their own, by a file; all others are the default's. Each row must belong
to whom its chat belongs, no two chats may become one, and the old models are imported and write between all phases. At the
end all is taken back. Not among the tests: nobody else's tree is part of this one.
"""
import argparse
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import sqlite_bot  # noqa: E402

CHATS = 40
OWNERS = {"chat1": ("acme", "mai"), "chat2": ("acme", "default"), "chat3": ("it's", "mai")}
# Imports the models, as the bot does at its start, and carries out the rest with them.
OLD_BOT = """import importlib, sys, types
from unittest.mock import MagicMock
for name in ("rich", "rich.traceback", "pymongo", "pymongo.database", "structlog"):
    sys.modules[name] = MagicMock()
logger = types.ModuleType("src.common.logger")
said = []
class Logger:
    def __getattr__(self, name):
        return lambda *texts, **more: said.append((name, " ".join(map(str, texts))))
logger.get_logger = lambda *names: Logger()
sys.modules["src.common.logger"] = logger
sys.path.insert(0, ".")
models = importlib.import_module(sys.argv[1])
# It tries to drop what it does not know: that is refused, and said.
lost = [text for kind, text in said if "删除成功" in text or kind in ("error", "exception") and "删除字段" not in text]
assert not lost, lost
"""
FILL = """import json, random
from peewee import BooleanField, DateTimeField, FloatField, IntegerField, Model, TextField
rows, chats = int(sys.argv[2]), int(sys.argv[3])
known = [value for value in vars(models).values() if isinstance(value, type) and issubclass(value, Model)
         and value is not Model and value.__name__ != "BaseModel" and models.db.table_exists(value)]
choose = random.Random(17)
def value(model, field, number):
    if field.null and choose.random() < 0.2:
        return None
    if field.name in ("chat_id", "stream_id") and model.__name__ != "ChatStreams":
        return f"chat{choose.randrange(chats + 4)}"          # the last four are gone
    if field.unique:
        return f"chat{number}" if field.name == "stream_id" else f"{field.name} {number}"
    if "platform" in field.name:
        return choose.choice(["qq", "telegram", "wx"])
    if isinstance(field, BooleanField):
        return choose.random() < 0.5
    if isinstance(field, DateTimeField):
        return "2026-01-01 10:00:00"
    if isinstance(field, IntegerField):
        return choose.randrange(1000)
    if isinstance(field, FloatField):
        return 1.7e9 + choose.random()
    return choose.choice(["早上好", "a 'quoted' text", json.dumps({"user": "u1"}), "x" * choose.randrange(300), ""])
for model in known:
    count = chats if model.__name__ == "ChatStreams" else rows
    fields = [field for field in model._meta.sorted_fields if field.name != "id"]
    with models.db.atomic():
        for number in range(count):
            model.create(**{field.name: value(model, field, number) for field in fields})
print(json.dumps({model._meta.table_name: count for model in known}))
"""
WRITE = """
number = int(sys.argv[2])
row = dict(models.Messages.select().dicts().first())
row.pop("id")
for count in range(20):
    models.Messages.create(**{**row, "message_id": f"new {number} {count}", "chat_id": f"chat{count}"})
models.Messages.update(processed_plain_text="said again").where(models.Messages.message_id == f"new {number} 3").execute()
stream = dict(models.ChatStreams.select().where(models.ChatStreams.stream_id == "chat4").dicts().first())
stream.pop("id")
models.ChatStreams.replace(**stream).execute()   # deletes the row, and makes another one
models.ChatStreams.insert(**{**stream, "stream_id": f"new{number}"}).on_conflict(
    conflict_target=[models.ChatStreams.stream_id], update={"user_id": "u"}).execute()
assert models.Messages.select().where(models.Messages.message_id.startswith(f"new {number} ")).count() == 20
"""


class Trial:
    def __init__(self, options, folder):
        self.options, self.weft = options, sqlite_bot.Weft(options.weft, folder)
        shutil.copytree(options.tree, self.weft.tree, dirs_exist_ok=True)
        self.base, self.path = os.path.join(self.weft.tree, "data", "MaiBot.db"), os.path.join(folder, "plan.json")
        self.write("owners.csv", "stream_id,tenant_id,agent_id\n" +
                   "".join(f"{chat},{tenant},{agent}\n" for chat, (tenant, agent) in OWNERS.items()))
        self.write("weft.yml", f"version: 1\npacks: [{options.pack}]\ndata:\n  tables:\n"
                   f"    - model: {options.models}.ChatStreams\n"
                   "      keys: [tenant_id, agent_id, { platform: existing }, { chat_stream_id: { column: stream_id } }]\n"
                   "      owners: { file: owners.csv, column: stream_id }\n")

    def write(self, name, text):
        with open(os.path.join(self.weft.tree, name), "w", encoding="utf-8") as file:
            file.write(text)

    def bot(self, script, *words):
        done = subprocess.run([sys.executable, "-c", OLD_BOT + script, self.options.models, *map(str, words)],
                              cwd=self.weft.tree, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def query(self, sql):
        base = sqlite3.connect(self.base)
        found = base.execute(sql).fetchall()
        base.close()
        return found


def columns_of(trial, table):
    return [row[1] for row in trial.query(f"PRAGMA table_info({table})")]


def check_table(trial, table):
    """Each row is of whom its chat is; without a chat, or with one that is gone, of the default."""
    columns = columns_of(trial, table)
    if "tenant_id" not in columns:
        return 0
    key = "stream_id" if table == "chat_streams" else "chat_id" if "chat_id" in columns else None
    streams = {row[0] for row in trial.query("SELECT stream_id FROM chat_streams")}
    rows = trial.query(f"SELECT {key or 'NULL'}, tenant_id, agent_id FROM {table}")
    for chat, tenant, agent in rows:
        wanted = OWNERS.get(chat, ("default", "default")) if chat in streams else ("default", "default")
        assert (tenant, agent) == wanted, f"{table}: a row of {chat} is of {tenant}, {agent}"
    return len(rows)


def check_all(trial, tables):
    owned = {table: check_table(trial, table) for table in tables}
    chats, keys = trial.query("SELECT count(*), count(DISTINCT tenant_id || char(0) || agent_id || char(0) || stream_id) FROM "
                              "chat_streams")[0]
    assert chats == keys >= CHATS, (chats, keys)
    return owned


def whole_way(trial):
    tables = json.loads(trial.bot(FILL, trial.options.rows, CHATS))
    trial.bot("")  # which mends some rows itself
    before = {table: trial.query(f"SELECT {', '.join(columns_of(trial, table))} FROM {table} ORDER BY id") for table in tables}
    trial.weft.run("plan", trial.base, "-o", trial.path)
    for number, phase in enumerate(("expand", "backfill", "verify", "switch")):
        trial.weft.run("apply", trial.base, "--plan", trial.path, "--yes", "--phase", phase)
        trial.bot(WRITE, number)
    trial.weft.run("resume", trial.base)
    owned = check_all(trial, tables)
    for table, rows in before.items():
        if table == "chat_streams":
            continue  # the old bot has changed one
        count = len(rows[0]) if rows else 0
        names = columns_of(trial, table)[:count]
        found = trial.query(f"SELECT {', '.join(names)} FROM {table} WHERE id <= {len(rows)} ORDER BY id")
        assert found == rows, f"{table}: rows are not what they were"
    trial.bot(WRITE, 9)
    trial.weft.run("rollback", trial.base)
    for table in tables:
        assert "tenant_id" not in columns_of(trial, table), table
    trial.weft.run("plan", trial.base, "-o", trial.path)
    trial.weft.run("apply", trial.base, "--plan", trial.path, "--yes", "--contract")
    check_all(trial, tables)
    print(f"{len(tables)} tables, {sum(tables.values())} rows: " +
          ", ".join(f"{table} {count}" for table, count in sorted(owned.items())))


def main():
    parser = argparse.ArgumentParser(description="a real bot's models")
    parser.add_argument("--weft", required=True)
    parser.add_argument("--tree", required=True)
    parser.add_argument("--pack", default="maibot")
    parser.add_argument("--models", default="src.common.database.database_model")
    parser.add_argument("--rows", type=int, default=1000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="weft-real-", dir=sqlite_bot.FAST) as folder:
        whole_way(Trial(options, folder))


if __name__ == "__main__":
    main()
