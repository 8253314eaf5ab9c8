#!/usr/bin/python3
"""The example bot on a large database of each engine: there and back, two tenants on it, and back by the backup.

    tests/data/run_bot.py --weft PROGRAM [--engine NAME] [--rows N]

Its models make the tables; --rows messages are put into them. `weft data plan` and `apply`, and a rollback to the first dump;
then again, with the code and the last phase, and the two-tenant tests of the example run on that database. At the end the backup
is put back: what is newer is said, and the dump is the first one. An engine whose driver for Python is missing is left out.
"""
import argparse
import importlib.util
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import run_runtime  # noqa: E402
import servers  # noqa: E402
import sqlite_bot  # noqa: E402

CHATS = 200
CONNECT = {
    "sqlite": None,
    "postgresql": 'from peewee import PostgresqlDatabase\n\ndb = PostgresqlDatabase("bot", host="127.0.0.1", user="bot", port={port})\n',
    "mariadb": 'from peewee import MySQLDatabase\n\ndb = MySQLDatabase("bot", host="127.0.0.1", user="bot", port={port}, charset="utf8mb4")\n',
}
DRIVERS = {"sqlite": "sqlite3", "postgresql": "psycopg2", "mariadb": "pymysql"}
SERIES = {
    "sqlite": "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {rows}) INSERT INTO {into} FROM s",
    "postgresql": "INSERT INTO {into} FROM generate_series(1, {rows}) AS s(n)",
    "mariadb": "INSERT INTO {into} FROM (SELECT seq AS n FROM seq_1_to_{rows}) AS s",
}


class SQLite:
    """What a server is in servers.py."""

    engine = "sqlite"

    def __init__(self, path):
        self.name = path

    def query(self, sql):
        with sqlite3.connect(self.name) as base:
            found = [[str(cell) for cell in row] for row in base.execute(sql).fetchall()]
        base.close()
        return found

    def dump(self):
        return sqlite_bot.dump(self.name)


class Trial(run_runtime.Trial):
    def __init__(self, options, folder, server):
        super().__init__(options.weft, folder)
        shutil.copytree(run_runtime.FIXTURE, self.bot)
        self.options, self.server = options, server or SQLite(self.base)
        self.engine = self.server.engine
        self.environment["MAIBOT_DATA_DIR"] = os.path.join(self.bot, "data")
        self.replace("weft.yml", None, run_runtime.RULES)
        if server:
            self.replace("src/common/database/database.py", None, CONNECT[self.engine].format(port=server.port))
            os.mkdir(self.environment["MAIBOT_DATA_DIR"])
        if self.engine == "postgresql":  # which has no REPLACE
            self.replace("src/chat/message_receive/chat_stream.py", "ChatStreams.replace(**data).execute()",
                         "ChatStreams.insert(**data).on_conflict(conflict_target=[ChatStreams.stream_id], update=data).execute()")
        if self.engine == "mariadb":
            self.replace("config/bot_config.toml", 'backend = "sqlite"', 'backend = "mysql"')
            self.replace("src/common/database/database_model.py",  # a computed name is taken for the first one (W621)
                         '"chat_streams" if global_config.database.backend == "sqlite" else "mai_chat_streams"', '"chat_streams"')
        # The tests of the example make the tables anew; here they are what the migration left.
        self.replace("two_tenants/conftest.py", 'os.environ["MAIBOT_DATA_DIR"] = tempfile.mkdtemp(prefix="maibot-")', "")
        self.replace("two_tenants/conftest.py", re.compile(r"    db\.drop_tables.*?create_tables\(MODELS\)\n", re.S), "")
        self.replace("two_tenants/test_database.py", re.compile(r"    with sqlite3.*?fetchall\(\)\)\n", re.S),
                     '    from src.common.database.database import db\n\n'
                     '    return sorted(db.execute_sql(query.replace("?", db.param), parameters).fetchall())\n')

    def replace(self, path, old, new):
        path, text = os.path.join(self.bot, path), new
        if old is not None:
            with open(path, encoding="utf-8") as file:
                before = file.read()
            text = before.replace(old, new) if isinstance(old, str) else old.sub(lambda _: new, before)
            assert text != before, path
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def seed(self):
        """Tables by the bot itself, and rows as it writes them."""
        self.run(sys.executable, "-c", run_runtime.TALK, "早")
        text = {"mariadb": "concat('{}', {})"}.get(self.engine, "'{}' || {}")
        chat = text.format("chat-", f"(n % {CHATS + 5})")  # the last five are of no stream
        for rows, into in (
                (CHATS, f"chat_streams (stream_id, platform, group_id, group_name, last_active_time) SELECT "
                        f"{text.format('chat-', 'n')}, 'qq', {text.format('g', 'n')}, 'x', n"),
                (self.options.rows, "messages (message_id, time, chat_id, user_id, user_nickname, processed_plain_text, is_bot) SELECT "
                                    f"{text.format('m', 'n')}, n, {chat}, {text.format('u', '(n % 97)')}, 'y', "
                                    f"{text.format('something said ', 'n')}, {'false' if self.engine == 'postgresql' else '0'}"),
                (CHATS, f"personinfo (person_id, platform, user_id, nickname, know_times) SELECT {text.format('p', 'n')}, 'qq', "
                        f"{text.format('u', 'n')}, 'z', 1")):
            self.server.query(SERIES[self.engine].format(rows=rows, into=into))

    def data(self, word, *options, **more):
        return self.run(self.weft, "data", *word.split(), "--database", self.server.name, *options, **more)

    def change_code(self):
        self.run(self.weft, "apply", "--allow-dirty")
        models = "src/common/database/database_model.py"
        self.replace(models, "\n" + run_runtime.OLD, "\n" + run_runtime.NEW)

    def same(self, found, wanted, where):
        assert found == wanted, f"{where}: " + "\n".join(sorted(set(found) ^ set(wanted)))[:2000]


def whole_way(trial):
    plan = os.path.join(trial.folder, "plan.json")
    trial.seed()
    before, began = trial.server.dump(), time.monotonic()
    trial.data("plan", "-o", plan)
    trial.data("apply", "--plan", plan)
    seconds = time.monotonic() - began
    (rows, owned), = trial.server.query("SELECT count(*), count(tenant_id) FROM messages")
    assert rows == owned and int(rows) > trial.options.rows, (rows, owned)
    trial.data("rollback")
    trial.same(trial.server.dump(), before, "rollback")
    trial.data("apply", "--plan", plan, "--contract")
    trial.change_code()
    said = trial.run(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "two_tenants")
    tests = re.search(r"(\d+) passed", said)[1]
    assert "failed" not in said, said
    tenants = dict(trial.server.query("SELECT tenant_id, count(*) FROM messages GROUP BY tenant_id"))
    assert int(tenants["default"]) >= int(rows) and set(tenants) == {"default", "acme", "byte"}, tenants
    newer = trial.data("rollback", "--restore", expect=None)
    assert "messages" in newer, newer
    trial.data("rollback", "--restore", "--yes")
    trial.same(trial.server.dump(), before, "restored")
    print(f"ok   {trial.engine}: {rows} messages, plan and apply with backup {seconds:.1f} s, {tests} two-tenant tests", flush=True)


def main():
    parser = argparse.ArgumentParser(description="the example bot on a large database")
    parser.add_argument("--weft", required=True)
    parser.add_argument("--engine", choices=sorted(CONNECT))
    parser.add_argument("--rows", type=int, default=200000)
    options = parser.parse_args()
    kinds = {"sqlite": None, "postgresql": servers.PostgreSQL, "mariadb": servers.MariaDB}
    for engine, kind in kinds.items():
        if options.engine not in (None, engine):
            continue
        if importlib.util.find_spec(DRIVERS[engine]) is None:
            print(f"     {engine}: {DRIVERS[engine]} is not here")
            continue
        with tempfile.TemporaryDirectory(prefix="weft-bot-", dir=sqlite_bot.FAST) as folder:
            if kind is None:
                whole_way(Trial(options, folder, None))
            else:
                with kind() as server:
                    whole_way(Trial(options, folder, server))


if __name__ == "__main__":
    main()
