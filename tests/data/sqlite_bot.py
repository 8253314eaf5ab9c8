"""A bot's SQLite database and a plan for it, made by hand: what the front half of `weft data` would plan.

Three tables: chats with a unique key that an index keeps, messages that belong to chats, notes with a unique
constraint in the table, which needs a rebuild.
"""
import json
import os
import re
import sqlite3
import subprocess

FAST = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # where waiting for a disk costs nothing

TABLES = """
CREATE TABLE chats (id INTEGER NOT NULL PRIMARY KEY, stream_id TEXT NOT NULL, platform TEXT);
CREATE UNIQUE INDEX chats_stream_id ON chats (stream_id);
CREATE TABLE messages (id INTEGER NOT NULL PRIMARY KEY, chat_id TEXT NOT NULL, body TEXT, weight REAL, raw BLOB);
CREATE INDEX messages_chat_id ON messages (chat_id);
CREATE TABLE notes (name TEXT NOT NULL, body TEXT, UNIQUE (name));
"""


def make(path, messages=2000, chats=20, journal="wal"):
    """A database of the bot, the same at every call."""
    with sqlite3.connect(path) as base:
        base.execute(f"PRAGMA journal_mode={journal}")
        base.executescript(TABLES)
        base.executemany("INSERT INTO chats (stream_id, platform) VALUES (?, ?)",
                         [(f"stream{i}", "qq" if i % 3 else None) for i in range(chats)])
        base.executemany("INSERT INTO messages (chat_id, body, weight, raw) VALUES (?, ?, ?, ?)",
                         ((f"stream{i % (chats + 2)}", None if i % 7 == 0 else f"message {i} " + "x" * (i % 200),
                           i / 3, bytes([i % 256, 0, 255])) for i in range(messages)))
        base.executemany("INSERT INTO notes VALUES (?, ?)", [(f"note{i}", f"body {i}") for i in range(messages // 4)])
    base.close()


def exists(kind, name):
    return f"SELECT count(*) FROM sqlite_master WHERE type = '{kind}' AND name = '{name}'"


def statements(identity, phase, table, title, sql, undo, done="", **more):
    return {"id": identity, "phase": phase, "kind": "statements", "table": table, "title": title, "sql": sql,
            "undo": undo, "done": done, **more}


def expand(table, columns, trigger):
    """Columns, an index that names them, and a trigger for rows that the old bot writes."""
    index, fill = f"weft_ix_{table}", f"weft_fill_{table}"
    sql = [f"ALTER TABLE {table} ADD COLUMN {name} TEXT" for name in columns]
    sql += [f"CREATE INDEX {index} ON {table} ({', '.join(columns)})",
            f"CREATE TRIGGER {fill} AFTER INSERT ON {table} WHEN NEW.tenant_id IS NULL BEGIN {trigger} END"]
    undo = [f"DROP TRIGGER {fill}", f"DROP INDEX {index}"]
    undo += [f"ALTER TABLE {table} DROP COLUMN {name}" for name in reversed(columns)]
    done = f"SELECT count(*) FROM pragma_table_info('{table}') WHERE name = 'tenant_id'"
    return statements(f"expand-{table}", "expand", table, f"add the owner of {table}", sql, undo, done)


def batches(table, key, values, unchanged, rows):
    return {"id": f"backfill-{table}", "phase": "backfill", "kind": "batches", "table": table,
            "title": f"give the rows of {table} their owners", "estimate": {"rows": rows, "lock_ms": 50},
            "batch": {"key": key, "set": [{"column": name, "value": value} for name, value in values.items()],
                      "pending": "tenant_id IS NULL", "unchanged": unchanged}}


def probe(identity, table, title, sql, failure, detail="", **more):
    return {"id": identity, "phase": "verify", "kind": "probe", "table": table, "title": title, "sql": [sql],
            "expect": "0", "failure": failure, "detail": detail, **more}


MESSAGE_CHAT = "coalesce((SELECT c.stream_id FROM chats c WHERE c.stream_id = messages.chat_id), 'lost')"
NEW_NOTES = ("CREATE TABLE weft_new_notes (name TEXT NOT NULL, body TEXT, tenant_id TEXT NOT NULL DEFAULT 'default', "
             "UNIQUE (tenant_id, name))")
OLD_NOTES = "CREATE TABLE weft_old_notes (name TEXT NOT NULL, body TEXT, tenant_id TEXT, UNIQUE (name))"


def steps(messages):
    return [
        expand("chats", ["tenant_id"], "UPDATE chats SET tenant_id = 'default' WHERE id = NEW.id;"),
        expand("messages", ["tenant_id", "chat_stream_id"],
               f"UPDATE messages SET tenant_id = 'default', chat_stream_id = {MESSAGE_CHAT} WHERE id = NEW.id;"),
        expand("notes", ["tenant_id"], "UPDATE notes SET tenant_id = 'default' WHERE rowid = NEW.rowid;"),
        batches("chats", ["id"], {"tenant_id": "'default'"}, ["id", "stream_id", "platform"], 20),
        batches("messages", ["id"], {"tenant_id": "'default'", "chat_stream_id": MESSAGE_CHAT},
                ["id", "chat_id", "body", "weight", "raw"], messages),
        batches("notes", ["rowid"], {"tenant_id": "'default'"}, ["name", "body"], messages // 4),
        probe("verify-messages", "messages", "every message has an owner",
              "SELECT count(*) FROM messages WHERE tenant_id IS NULL", "messages without an owner",
              filled=["tenant_id"]),
        probe("verify-chats", "chats", "chats are unique with their owner",
              "SELECT count(*) FROM (SELECT 1 FROM chats GROUP BY tenant_id, stream_id HAVING count(*) > 1)",
              "chats that the new key would not allow",
              "SELECT tenant_id, stream_id FROM chats GROUP BY tenant_id, stream_id HAVING count(*) > 1"),
        statements("switch-chats", "switch", "chats", "make the new key of chats",
                   ["CREATE UNIQUE INDEX weft_uq_chats ON chats (tenant_id, stream_id)"],
                   ["DROP INDEX weft_uq_chats"], exists("index", "weft_uq_chats")),
        {"id": "switch-notes", "phase": "switch", "kind": "rebuild", "table": "notes",
         "title": "make the new key of notes", "estimate": {"rows": messages // 4},
         "rebuild": {"shadow": "weft_new_notes", "create": NEW_NOTES, "key": ["name"],
                     "columns": ["name", "body", "tenant_id"], "after": []},
         "undo": [OLD_NOTES, "INSERT INTO weft_old_notes (rowid, name, body, tenant_id) SELECT rowid, name, body, "
                  "tenant_id FROM notes", "DROP TABLE notes", "ALTER TABLE weft_old_notes RENAME TO notes",
                  "CREATE INDEX weft_ix_notes ON notes (tenant_id)",
                  "CREATE TRIGGER weft_fill_notes AFTER INSERT ON notes BEGIN SELECT 1; END"]},
        statements("contract-chats", "contract", "chats", "drop the old key of chats",
                   ["DROP INDEX chats_stream_id"], [],
                   "SELECT NOT EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'chats_stream_id')", final=True),
    ]


def plan(digest, messages=2000, only=None, change=None):
    chosen = [step for step in steps(messages) if only is None or only(step)]
    if change is not None:
        change(chosen)
    owned = {"model": "", "ownership": "owned", "keys": ["tenant_id"], "added": ["tenant_id"],
             "required": ["tenant_id"]}
    return {"format": 1, "engine": "sqlite", "weft": "test", "server": "", "schema_digest": digest, "rules_digest": "",
            "models_digest": "", "dimensions": [{"name": "tenant_id", "type": "text", "has_default": True,
                                                 "default": "default"}],
            "tables": [{"name": name, **owned} for name in ("chats", "messages", "notes")], "steps": chosen}


class Weft:
    """The program, with a state folder of its own."""

    def __init__(self, program, folder):
        self.program, self.folder = os.path.abspath(program), folder
        self.tree = os.path.join(folder, "tree")
        os.makedirs(self.tree, exist_ok=True)
        self.environment = {**os.environ, "XDG_STATE_HOME": os.path.join(folder, "state"), "NO_COLOR": "1"}

    def command(self, word, database, *options):
        return [self.program, "data", *word.split(), "-C", self.tree, "--database", database, *options]

    def run(self, word, database, *options, expect=0, **environment):
        done = subprocess.run(self.command(word, database, *options), capture_output=True, text=True,
                              env={**self.environment, **environment}, check=False)
        if expect is not None and done.returncode != expect:
            raise AssertionError(f"weft data {word}: status {done.returncode} instead of {expect}\n{done.stdout}"
                                 f"{done.stderr}")
        return done

    def status(self, database):
        return json.loads(self.run("status", database, "--format", "json").stdout)

    def write_plan(self, database, name="plan.json", **more):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            json.dump(plan(self.status(database)["schema_digest"], **more), file)
        return path


def dump(path, without=()):
    """All of a database as text: definitions, then rows. A table that was renamed has quotes around its name."""
    base = sqlite3.connect(path)
    lines = [re.sub(r'CREATE TABLE "(\w+)"', r"CREATE TABLE \1", repr(row)) for row in base.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2")]
    names = [row[0] for row in base.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")]
    for name in names:
        if name not in without:
            lines += sorted(repr(row) for row in base.execute(f'SELECT * FROM "{name}"'))
    base.close()
    return lines
