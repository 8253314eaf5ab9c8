#!/usr/bin/python3
"""A server's database is written while weft copies it and fills its rows, and its columns are of kinds that are easily
compared wrong.

    tests/data/run_written.py --weft PROGRAM [--engine NAME] [--messages N] [NAME...]
"""
import argparse
import contextlib
import json
import os
import stat
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import run_servers  # noqa: E402
import servers  # noqa: E402
import sqlite_bot  # noqa: E402

WRITES = ("UPDATE messages SET body = 'live {number}' WHERE id = 1 + ({number} * 7919) % {messages};\n"
          "INSERT INTO messages (chat_id, body) VALUES ('stream1', 'new');\n")


@contextlib.contextmanager
def writer(trial):
    """A client that writes as fast as it can; one that is refused a statement ends with a status."""
    client = trial.server.client("bot") if trial.server.engine == "postgresql" else trial.server.client("bot", "bot")
    script = os.path.join(trial.weft.folder, "writes.sql")
    with open(script, "w", encoding="utf-8") as file:
        for number in range(400000):
            file.write(WRITES.format(number=number, messages=trial.options.messages))
    with open(script, encoding="utf-8") as file:
        process = subprocess.Popen(client, stdin=file, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        yield
        assert process.poll() is None, f"the writer ended: {process.stderr.read()}"
    finally:
        process.kill()
        process.communicate()


def written_meanwhile(trial):
    """The backup is one moment, and rows that others change while they are filled are no fault of weft's."""
    with writer(trial):
        trial.run("apply", "--plan", trial.plan, "--phase", "expand")
        trial.run("apply", "--plan", trial.plan)
    trial.check_owners()
    (count,), = trial.server.query("SELECT count(*) FROM messages")
    assert int(count) > trial.options.messages, count
    trial.run("rollback")


def backup_is_private(trial):
    folder = os.path.join(trial.weft.folder, "a 'folder'; \"back\\ups\"")
    os.mkdir(folder)
    trial.run("apply", "--plan", trial.plan, "--phase", "expand", "--backup", folder)
    (name,) = os.listdir(folder)
    mode = stat.S_IMODE(os.stat(os.path.join(folder, name)).st_mode)
    assert mode == 0o600, oct(mode)
    trial.run("rollback")


# What a trigger does to a row that is filled, and the column.
HARM = {"weight": "NEW.weight + 0.001", "price": "NEW.price + 0.0001", "body": "concat(NEW.body, ' ')",
        "raw": {"postgresql": "NEW.raw || '\\x00'", "mariadb": "concat(NEW.raw, x'00')"}}


def changes_are_seen(trial):
    """Whatever the type of a column is, a batch that would change it is not committed."""
    trial.server.query("ALTER TABLE messages ADD price decimal(20, 4); UPDATE messages SET price = id / 10")
    kinds = server_plan(trial, lambda step: step["batch"]["unchanged"].append("price"))
    for column, value in HARM.items():
        value = value if isinstance(value, str) else value[trial.server.engine]
        if trial.server.engine == "postgresql":
            make = (f"CREATE FUNCTION harm() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.{column} := {value}; RETURN NEW; "
                    "END $$; CREATE TRIGGER harm BEFORE UPDATE ON messages FOR EACH ROW EXECUTE FUNCTION harm()")
            end = "DROP TRIGGER harm ON messages; DROP FUNCTION harm()"
        else:
            make = f"CREATE TRIGGER harm BEFORE UPDATE ON messages FOR EACH ROW SET NEW.{column} = {value}"
            end = "DROP TRIGGER harm"
        trial.run("apply", "--plan", kinds, "--no-backup", "--phase", "expand")
        trial.server.query(make)
        done = trial.run("resume", expect=None)
        assert done.returncode == 2 and "E668" in done.stderr, f"{column}: {done.returncode} {done.stderr}"
        trial.server.query(end)
        trial.run("rollback")
    trial.server.query("ALTER TABLE messages DROP COLUMN price")


def server_plan(trial, change):
    """The trial's plan for the schema as it is now, with its batches of messages CHANGED."""
    with open(trial.plan, encoding="utf-8") as file:
        plan = json.load(file)
    plan["schema_digest"] = trial.weft.status(trial.server.name)["schema_digest"]
    for step in plan["steps"]:
        if step["kind"] == "batches" and step["table"] == "messages":
            change(step)
    path = os.path.join(trial.weft.folder, "changed.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(plan, file)
    return path


def engines_without_transactions(trial):
    """The ledger is kept by one that has them, whatever the server prefers; a table of another one is refused."""
    if trial.server.engine != "mariadb":
        return
    trial.server.query("SET GLOBAL default_storage_engine = MyISAM", user="root")
    trial.run("apply", "--plan", trial.plan, "--no-backup", "--phase", "backfill")
    assert trial.server.query("SELECT engine, table_collation FROM information_schema.tables WHERE table_name = 'weft_ledger' "
                              "AND table_schema = 'bot'") == [["InnoDB", "utf8mb4_bin"]]
    trial.run("rollback")
    pack = os.path.join(trial.weft.tree, "pack.yml")
    with open(pack, "w", encoding="utf-8") as file:
        file.write("version: 1\npack: small\ncontext: { parameter: context, type: iso.Context, ambient: iso.current }\ndata:\n"
                   "  dimensions: { tenant_id: { default: default } }\n  others: shared\n  tables:\n"
                   "    - { table: old, keys: [tenant_id], set: { tenant_id: \"coalesce(a, 'x')\" } }\n")
    for engine in ("MyISAM", "Aria", "InnoDB"):
        trial.server.query(f"CREATE TABLE old (id int PRIMARY KEY, a varchar(9)) ENGINE = {engine}")
        done = trial.run("plan", "--pack", pack, expect=0 if engine == "InnoDB" else 2)
        assert engine == "InnoDB" or "E626" in done.stderr and "transactions" in done.stderr, done.stderr
        trial.server.query("DROP TABLE old")


PACK = """version: 1
pack: small
context: { parameter: context, type: iso.Context, ambient: iso.current }
data:
  dimensions: { tenant_id: { default: default } }
  others: shared
  tables:
    - { table: t, keys: [tenant_id], unique: [{ to: [id, a], add: [] }], set: { tenant_id: "coalesce(b, 'none')" } }
"""
# Tables that are found otherwise than by the name alone, or are not one table.
PLACES = {
    "partitions": "CREATE TABLE t (id int, a int, b text, PRIMARY KEY (id, a)) PARTITION BY RANGE (a); CREATE TABLE t1 PARTITION "
                  "OF t FOR VALUES FROM (0) TO (500); CREATE TABLE t2 PARTITION OF t DEFAULT;",
    "a schema that the database names": "CREATE SCHEMA app; CREATE TABLE app.t (id int, a int, b text, PRIMARY KEY (id, a)); "
                                        "ALTER DATABASE bot SET search_path = app, public; SET search_path = app;",
    "a table behind one of its name": "CREATE TABLE t (id int, a int, b text, c text, PRIMARY KEY (id, a)); INSERT INTO t VALUES "
                                      "(1, 1, 'x', 'y'); CREATE SCHEMA bot; CREATE TABLE bot.t (id int, a int, b text, PRIMARY KEY "
                                      "(id, a)); SET search_path = bot;",
}


def tables_in_all_places(trial):
    if trial.server.engine != "postgresql":
        return
    pack = os.path.join(trial.weft.tree, "pack.yml")
    with open(pack, "w", encoding="utf-8") as file:
        file.write(PACK)
    for place, make in PLACES.items():
        trial.server.clear()
        trial.server.query(make + "INSERT INTO t SELECT n, n, 'x' || n % 3 FROM generate_series(1, 1000) n")
        before = trial.server.dump()
        trial.run("plan", "--pack", pack, "-o", trial.plan)
        trial.run("apply", "--plan", trial.plan)
        assert trial.server.query("SELECT count(*) FROM t WHERE tenant_id = b") == [["1000"]], place
        trial.run("rollback")
        trial.same(trial.server.dump(), before, place)


CASES = [tables_in_all_places, written_meanwhile, backup_is_private, changes_are_seen, engines_without_transactions]


def main():
    parser = argparse.ArgumentParser(description="databases of servers that are written")
    parser.add_argument("--weft", required=True)
    parser.add_argument("--engine", choices=("postgresql", "mariadb"))
    parser.add_argument("--messages", type=int, default=20000)
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    failed = 0
    for kind in (servers.PostgreSQL, servers.MariaDB):
        if options.engine not in (None, kind.engine):
            continue
        for case in CASES:
            if options.names and case.__name__ not in options.names:
                continue
            with kind() as server, tempfile.TemporaryDirectory(prefix="weft-data-", dir=sqlite_bot.FAST) as folder:
                try:
                    case(run_servers.Trial(options, server, folder))
                except AssertionError as mistake:
                    failed += 1
                    print(f"{kind.engine} {case.__name__}: {str(mistake)[:2000]}", flush=True)
    print(f"{failed} failed" if failed else "all passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
