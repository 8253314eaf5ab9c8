"""A small bot with a tree and a database of SQLite, and weft at work on both."""
import json
import os
import sqlite3
import subprocess

from jsonschema import Draft202012Validator

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../docs/schema/migration.schema.json"), encoding="utf-8") as _file:
    SCHEMA_OF_JSON = Draft202012Validator(json.load(_file))
FILES = {
    "models.py": '''from peewee import Model, SqliteDatabase, TextField

db = SqliteDatabase("bot.db")


class BaseModel(Model):
    class Meta:
        database = db


class Stream(BaseModel):
    stream_id = TextField(unique=True)


class Message(BaseModel):
    chat = TextField(index=True)
    text = TextField(null=True)
''',
    "app/__init__.py": "",
    "app/config.py": 'class Settings:\n    name = "mai"\n\n\nsettings = Settings()\n',
    "app/apis.py": '''"""What plugins call."""
from app.config import settings


def nickname():
    return settings.name
''',
    "app/bot.py": '''from app.apis import nickname
from app.config import settings


def motto():
    return settings.name + "!"


def on_message(raw):
    return motto() + nickname() + raw
''',
    "weft.yml": '''version: 1
context:
  parameter: isolation_context
  type: app.isolation.IsolationContext
  dimensions: [tenant_id, agent_id]
  ambient: app.isolation.current_isolation_context
sinks:
  - id: config
    family: config_system
    symbol: app.config.settings
    replace: app.tenants.get_settings({context})
boundaries:
  - id: inbound
    function: app.bot.on_message
    origin: message
    create: "app.isolation.current_isolation_context()"
public_api: [app.apis.**]
runtime: { package: app.isolation }
api: { usage: usage }
data:
  engine: sqlite
  database: bot.db
  dimensions: { tenant_id: { default: default }, agent_id: { default: mai } }
  tables:
    - { model: models.Stream, keys: [tenant_id, agent_id] }
    - model: models.Message
      keys: [tenant_id, agent_id]
      from: { table: stream, on: chat = stream_id, take: [tenant_id, agent_id] }
''',
}
SCHEMA = '''
CREATE TABLE "stream" ("id" INTEGER NOT NULL PRIMARY KEY, "stream_id" TEXT NOT NULL);
CREATE UNIQUE INDEX "stream_stream_id" ON "stream" ("stream_id");
CREATE TABLE "message" ("id" INTEGER NOT NULL PRIMARY KEY, "chat" TEXT NOT NULL, "text" TEXT);
CREATE INDEX "message_chat" ON "message" ("chat");
'''


class Bot:
    """A copy of the bot in FOLDER, committed, with a state folder of its own."""

    def __init__(self, weft, folder, messages=200):
        self.weft, self.folder = weft, folder
        self.root, self.base = os.path.join(folder, "bot"), os.path.join(folder, "bot", "bot.db")
        self.plan = os.path.join(folder, "plan.json")
        self.environment = {**os.environ, "XDG_STATE_HOME": os.path.join(folder, "state"), "NO_COLOR": "1",
                            "GIT_CONFIG_GLOBAL": os.devnull, "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b",
                            "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b"}
        for name, text in FILES.items():
            path = os.path.join(self.root, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        with open(os.path.join(self.root, ".gitignore"), "w", encoding="utf-8") as file:
            file.write("bot.db*\nusage/\n")
        base = sqlite3.connect(self.base)
        base.executescript(SCHEMA)
        base.executemany("INSERT INTO stream (stream_id) VALUES (?)", [(f"s{i}",) for i in range(10)])
        base.executemany("INSERT INTO message (chat, text) VALUES (?, ?)", [(f"s{i % 12}", f"t{i}") for i in range(messages)])
        base.commit()
        base.close()
        for words in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "base")):
            subprocess.run(["git", *words], cwd=self.root, env=self.environment, check=True)
        self.before = self.tree(), self.dump()

    def run(self, *words, expect=0, wait=True, **environment):
        process = subprocess.Popen([self.weft, *words], cwd=self.root, env={**self.environment, **environment},
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
        if not wait:
            return process
        out, err = process.communicate(timeout=120)
        done = subprocess.CompletedProcess(words, process.returncode, out, err)
        assert expect is None or done.returncode == expect, f"{words}: {done.returncode}\n{out}\n{err}\n{self.logs()}"
        return done

    def logs(self):
        text = []
        for folder, _, names in os.walk(self.environment["XDG_STATE_HOME"]):
            for name in sorted(names):
                if name.startswith("log-"):
                    with open(os.path.join(folder, name), encoding="utf-8") as file:
                        text.append(f"== {name}\n{file.read()}")
        return "\n".join(text)

    def migrate(self, *words, **more):
        return self.run("migrate", *words, **more)

    def make_plan(self, *words):
        self.migrate("plan", "-o", self.plan, "-q", *words)
        with open(self.plan, encoding="utf-8") as file:
            SCHEMA_OF_JSON.validate(json.load(file))

    def status(self):
        status = json.loads(self.migrate("status", "--format", "json").stdout)
        SCHEMA_OF_JSON.validate(status)
        return status

    def states(self):
        return {task["id"]: task["state"] for task in self.status()["tasks"]}

    def query(self, sql):
        base = sqlite3.connect(self.base)
        rows = base.execute(sql).fetchall()
        base.commit()
        base.close()
        return rows

    def dump(self):
        base = sqlite3.connect(self.base)
        lines = list(base.iterdump())
        base.close()
        return lines

    def tree(self):
        found = {}
        for folder, folders, names in os.walk(self.root):
            folders[:] = [name for name in folders if name not in (".git", ".weft", "__pycache__", "usage")]
            for name in names:
                path = os.path.join(folder, name)
                if not name.startswith("bot.db"):
                    with open(path, "rb") as file:
                        found[os.path.relpath(path, self.root)] = file.read()
        return found
