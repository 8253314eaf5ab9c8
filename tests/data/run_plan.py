#!/usr/bin/python3
"""`weft data plan` against SQLite databases: what it says of them, and that its plans do what they say when `weft data
apply` carries them out. `run_plan.py --weft PROGRAM [NAME...]`"""
import argparse
import contextlib
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile

from jsonschema import Draft202012Validator

with open(os.path.join(os.path.dirname(__file__), "../../docs/schema/data-plan.schema.json")) as schema:
    PLAN_SCHEMA = Draft202012Validator(json.load(schema))
MODELS = '''
from peewee import BooleanField, Model, SqliteDatabase, TextField

db = SqliteDatabase("bot.db")


class BaseModel(Model):
    class Meta:
        database = db


class Stream(BaseModel):
    stream_id = TextField(unique=True)
    platform = TextField()


class Message(BaseModel):
    chat = TextField(index=True)
    text = TextField(null=True)


class Word(BaseModel):
    chat = TextField(null=True)
    word = TextField(unique=True)


class Picture(BaseModel):
    path = TextField(unique=True)
'''
# As peewee makes them, but for `word`, which has its UNIQUE in the table, as other libraries do.
SCHEMA = '''
CREATE TABLE "stream" ("id" INTEGER NOT NULL PRIMARY KEY, "stream_id" TEXT NOT NULL, "platform" TEXT NOT NULL);
CREATE UNIQUE INDEX "stream_stream_id" ON "stream" ("stream_id");
CREATE TABLE "message" ("id" INTEGER NOT NULL PRIMARY KEY, "chat" TEXT NOT NULL, "text" TEXT);
CREATE INDEX "message_chat" ON "message" ("chat");
CREATE TABLE word (id INTEGER PRIMARY KEY, chat TEXT, -- a comment, with a comma
    word TEXT NOT NULL CONSTRAINT "one, word" UNIQUE ON CONFLICT FAIL COLLATE NOCASE, CHECK (length(word) > 0));
CREATE TABLE "picture" ("id" INTEGER NOT NULL PRIMARY KEY, "path" TEXT NOT NULL);
CREATE UNIQUE INDEX "picture_path" ON "picture" ("path");
'''
RULES = '''
version: 1
pack: small
context: { parameter: context, type: iso.Context, ambient: iso.current }
data:
  database: bot.db
  dimensions:
    tenant_id: { default: default }
    agent_id: { default: mai }
    chat_id: {}
  tables:
    - model: models.Stream
      keys: [tenant_id, agent_id, { chat_id: { column: stream_id } }]
      owners: { file: owners.csv, column: stream_id }
    - model: models.Message
      keys: [tenant_id, agent_id, { chat_id: { column: chat } }]
      from: { table: stream, on: chat = stream_id, take: [tenant_id, agent_id] }
    - model: models.Word
      keys: [tenant_id, agent_id, { chat_id: { optional: true } }]
      from: { table: stream, on: chat = stream_id, take: [tenant_id] }
      set:
        agent_id: "coalesce(concat('of ', stream.platform), 'nobody')"
        chat_id: case when word = 'all' then '' else chat end
    - { model: models.Picture, shared: true }
'''
OWNERS = 'stream_id,tenant_id\ns1,acme\n"s,2","it\'s ""quoted"""\n'
PHASES = ("expand", "backfill", "verify", "switch", "contract")


class Case:
    fault = None  # the library of fault.c

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.base = os.path.join(folder, "tree", "bot.db")
        self.environment = {**os.environ, "XDG_STATE_HOME": os.path.join(folder, "state")}
        os.mkdir(os.path.join(folder, "tree"))
        for name, text in (("models.py", MODELS), ("pack.yml", RULES), ("owners.csv", OWNERS)):
            self.write(name, text)

    def write(self, name, text):
        with open(os.path.join(self.folder, "tree", name), "w") as file:
            file.write(text)

    def make(self, schema=SCHEMA):
        base = sqlite3.connect(self.base)
        base.executescript(schema)
        for number in range(50):
            base.execute("INSERT INTO stream (stream_id, platform) VALUES (?, 'qq')",
                         ("s,2" if number == 2 else f"s{number}",))
        base.executemany("INSERT INTO message (chat, text) VALUES (?, ?)",
                         [(f"s{number % 60}", None if number % 7 else "x") for number in range(3000)])
        base.executemany("INSERT INTO word (chat, word) VALUES (?, ?)",
                         [("s1", "all"), (None, "some"), ("s,2", "few"), ("s3", "none")])
        base.execute("INSERT INTO picture (path) VALUES ('a.png')")
        base.commit()
        base.close()

    def weft(self, *words, expect=0):
        if words[0] == "plan":
            words += ("--pack", os.path.join(self.folder, "tree", "pack.yml"))
        done = subprocess.run([self.program, "data", *words, "-C", os.path.join(self.folder, "tree")],
                              capture_output=True, text=True, env=self.environment)
        assert expect is None or done.returncode == expect, (words, done.returncode, done.stdout, done.stderr)
        return done

    def plan(self, expect=0):
        path = os.path.join(self.folder, "plan.json")
        done = self.weft("plan", "-o", path, expect=expect)
        with open(path) as file:
            plan = json.load(file)
        PLAN_SCHEMA.validate(plan)
        return done, path, plan["steps"]

    def apply(self, path, *more):
        return self.weft("apply", "--database", self.base, "--plan", path, "--yes", *more)

    def query(self, sql):
        with contextlib.closing(sqlite3.connect(self.base)) as base, base:
            return base.execute(sql).fetchall()


def owners_arrive(case):
    """Each row belongs to whom the rules say, nothing else of it changes, and then there is nothing left to plan."""
    case.make()
    old = case.query("SELECT id, chat, text FROM message ORDER BY id")
    _, path, steps = case.plan()
    assert [step["phase"] for step in steps] == sorted((step["phase"] for step in steps), key=PHASES.index)
    case.apply(path, "--contract")
    assert case.query("SELECT id, chat, text FROM message ORDER BY id") == old
    assert case.query("SELECT DISTINCT chat, tenant_id FROM message WHERE tenant_id <> 'default'") == [("s1", "acme")]
    assert case.query("SELECT stream_id, tenant_id FROM stream WHERE tenant_id <> 'default' ORDER BY 1") == \
        [("s,2", 'it\'s "quoted"'), ("s1", "acme")]
    assert case.query("SELECT word, tenant_id, agent_id, chat_id FROM word ORDER BY id") == [
        ("all", "acme", "of qq", None), ("some", "default", "nobody", None),
        ("few", 'it\'s "quoted"', "of qq", "s,2"), ("none", "default", "of qq", "s3")]
    done, _, steps = case.plan()
    assert steps == [] and "Nothing to do." in done.stdout, (steps, done.stdout)


def two_owners_have_the_same(case):
    """After contract a second owner may have what the first one has, and nobody may have it twice."""
    case.make()
    case.apply(case.plan()[1], "--contract")
    insert = "INSERT INTO word (word, tenant_id, agent_id) VALUES ('few', '%s', 'of qq')"
    case.query(insert % "other")
    case.query("INSERT INTO stream (stream_id, platform, tenant_id) VALUES ('s1', 'qq', 'other')")
    for statement in (insert % "OTHER".lower(),
                      "INSERT INTO stream (stream_id, platform, tenant_id) VALUES ('s1', 'qq', 'acme')"):
        try:
            case.query(statement)
        except sqlite3.IntegrityError:
            continue
        raise AssertionError(f"went in: {statement}")
    definition = case.query("SELECT sql FROM sqlite_master WHERE name = 'word'")[0][0]
    assert "UNIQUE" not in definition and "COLLATE NOCASE" in definition and "CHECK (length(word) > 0)" in definition, \
        definition


def each_phase_leaves_less(case):
    """A plan that is made again after each phase has only what is still to do."""
    case.make()
    for phase in PHASES:
        _, path, steps = case.plan()
        phases = {step["phase"] for step in steps}
        assert not phases & set(PHASES[:PHASES.index(phase)]) - {"backfill", "verify"}, (phase, [step["id"] for step in steps])
        fresh = Case(case.program, tempfile.mkdtemp(dir=case.folder))  # its own record, the same database
        os.rename(case.base, fresh.base)
        fresh.query("DROP TABLE IF EXISTS weft_ledger")
        case = fresh
        path = case.plan()[1]
        case.apply(path, *(["--contract"] if phase == "contract" else ["--phase", phase]))
    assert case.plan()[2] == []


def rows_of_the_old_program(case):
    """What the old program adds after expand has its owner in the end, and its own columns as it wrote them."""
    late = "SELECT tenant_id, agent_id, text FROM message WHERE id > 3000 ORDER BY id"
    case.make()
    path = case.plan()[1]
    case.apply(path, "--phase", "expand")
    for statement in ("ALTER TABLE message DROP COLUMN tenant_id", "ALTER TABLE stream DROP COLUMN agent_id"):
        try:
            case.query(statement)
        except sqlite3.OperationalError:
            continue
        raise AssertionError(f"the old program could: {statement}")
    case.query("INSERT INTO message (chat, text) VALUES ('s1', 'late')")  # its stream has no owner yet
    case.query("INSERT INTO message (chat, text) VALUES ('nowhere', 'lost')")
    assert case.query(late) == [("", "mai", "late"), ("default", "mai", "lost")], case.query(late)
    case.apply(path)
    case.query("INSERT INTO stream (stream_id, platform) VALUES ('new', 'qq')")
    case.query("INSERT INTO message (chat, text) VALUES ('s1', 'later')")
    case.query("INSERT INTO message (chat, text) VALUES ('new', 'latest')")
    assert case.query(late) == [("acme", "mai", "late"), ("default", "mai", "lost"), ("acme", "mai", "later"),
                                ("default", "mai", "latest")], case.query(late)


def differences_are_said(case):
    """A database that is not what the models say is described, and planned for as it is."""
    case.make(SCHEMA.replace('"text" TEXT)', '"text" INTEGER, "extra" TEXT)')
              .replace('CREATE UNIQUE INDEX "picture_path" ON "picture" ("path");', "")
              + 'CREATE TABLE "left_over" ("id" INTEGER PRIMARY KEY); CREATE TABLE "alembic_version" ("v" TEXT);')
    done = case.weft("plan", expect=2)
    for text in ("'text' of 'message' is INTEGER, and the model says text", "the model of 'message' has no column 'extra'",
                 "'path' of 'picture' is not unique in the database", "no model has the table 'left_over'",
                 "error[E625]: no rule says whose the rows of 'left_over' are"):
        assert text in done.stderr, (text, done.stderr)
    assert "W623" in done.stderr and "alembic_version" not in done.stderr, done.stderr


def json_that_holds_ids_is_said(case):
    """JSON that repeats what keys are read from is named with a row and a count, and stays; words in other texts do not count."""
    case.make(SCHEMA)
    rows = ['{"stream_id": "s1", "n": 1}', '[{"tenant_id": "a"}]', '{"mood": 1}', 'he said "stream_id"', "it's"]
    for row in rows:
        case.query("INSERT INTO message (chat, text) VALUES ('s1', '%s')" % row.replace("'", "''"))
    done = case.weft("plan")
    assert "warning[W631]: JSON in the column 'text' of the table 'message' holds ids: 2 rows" in done.stderr, done.stderr
    assert "one of them: id = " in done.stderr and done.stderr.count("W631") == 1, done.stderr
    assert case.query("SELECT text FROM message WHERE text LIKE '{%' OR text LIKE '[%'")[0] == (rows[0],)


def what_cannot_be_migrated(case):
    """Virtual tables, partial unique indexes and definitions that nobody understands are refused by name."""
    case.make(SCHEMA.replace('CREATE UNIQUE INDEX "stream_stream_id" ON "stream" ("stream_id");',
                             'CREATE UNIQUE INDEX s ON stream (stream_id); '
                             'CREATE UNIQUE INDEX p ON stream (platform) WHERE id < 0;'))
    done = case.weft("plan", expect=2)
    assert "error[E626]: the unique index 'p' of 'stream' is about some rows only" in done.stderr, done.stderr
    case.query("DROP INDEX p")
    case.query("CREATE VIRTUAL TABLE search USING fts5(body)")
    case.write("pack.yml", RULES + "    - { table: search, keys: [tenant_id] }\n")
    done = case.weft("plan", expect=2)
    assert "error[E626]: 'search' is no ordinary table" in done.stderr, done.stderr


def exceptions_of_unique(case):
    """A unique index that a rule leaves alone stays; each that is made is asked about before."""
    case.make(SCHEMA.replace('CREATE UNIQUE INDEX "stream_stream_id" ON "stream" ("stream_id");',
                             'CREATE UNIQUE INDEX s ON stream (stream_id, platform);'))
    case.write("owners.csv", "stream_id,tenant_id\ns1,acme\n")
    case.write("pack.yml", re.sub(r"\n      from: .*?take: \[tenant_id(, agent_id)?\] }", "", RULES)
               .replace("concat('of ', stream.platform)", "chat")
               .replace("owners.csv, column: stream_id }",
                        "owners.csv, column: stream_id }\n      unique: [{ to: [stream_id, platform], add: [] }]"))
    _, path, steps = case.plan()
    assert not [step for step in steps if step["table"] == "stream" and step["phase"] == "switch"
                and step["sql"][0].startswith("CREATE UNIQUE")], steps
    probes = [step for step in steps if step["id"] == "verify-word-duplicates"]
    assert len(probes) == 1 and "GROUP BY" in probes[0]["sql"][0], probes
    case.apply(path, "--phase", "verify")


def rows_that_nobody_owns_yet(case):
    """They are no new tenant's, so that a rollback need not discard them."""
    case.make()
    case.write("pack.yml", RULES.replace("chat = stream_id, take: [tenant_id, agent_id] }",
                                         "chat = stream_id, take: [tenant_id, agent_id] }\n      orphans: refuse"))
    case.query("DELETE FROM message WHERE chat NOT IN (SELECT stream_id FROM stream)")
    old = case.query("SELECT * FROM message ORDER BY id")
    case.apply(case.plan()[1])
    case.query("INSERT INTO message (chat, text) VALUES ('nowhere', 'lost')")
    assert case.query("SELECT tenant_id FROM message WHERE text = 'lost'") == [("",)]
    case.weft("rollback", "--database", case.base, "--yes")
    rows = case.query("SELECT * FROM message ORDER BY id")
    assert rows[:-1] == old and rows[-1][1:] == ("nowhere", "lost"), rows[-1]


def what_was_taken_back_is_verified_again(case):
    """A phase that was over once is not over after its rollback: a table that came meanwhile is found."""
    case.make()
    path = case.plan()[1]
    case.apply(path)
    case.weft("rollback", "--database", case.base, "--phase", "backfill", "--yes")
    case.query("CREATE TABLE late (id INTEGER PRIMARY KEY)")
    done = case.weft("apply", "--database", case.base, "--plan", path, "--yes", expect=None)
    assert done.returncode != 0 and "does not say whose the rows of 'late' are" in done.stderr, done.stderr
    case.query("DROP TABLE late")
    case.apply(path)


class AnyValues:
    """weft's own function stands for nothing when only the way to the rows is asked for."""

    def step(self, value):
        pass

    def finalize(self):
        return ""


def read_log(log, tables):
    """Of each table: how often it was gone forward in, and the statements about it that could read all of it."""
    steps, statements = dict.fromkeys(tables, 0), {name: [] for name in tables}
    with open(log, encoding="utf-8") as lines:
        for line in lines:
            count, sql = line.split("\t", 1)
            asked = re.findall(r'FROM "(\w+)"', sql)
            if asked and asked[-1] in steps and sql.startswith("SELECT"):  # others are asked inside, by their indexes
                steps[asked[-1]] += int(count)
                statements[asked[-1]].append(sql)
    return steps, statements


def scans(case, sql):
    """Tables that SQLite says it reads from one end to the other for SQL, but for those that an index stands for."""
    with contextlib.closing(sqlite3.connect(case.base)) as base:
        base.create_aggregate("weft_values", 1, AnyValues)
        ways = [way for *_, way in base.execute("EXPLAIN QUERY PLAN " + sql)]
    return [found[1] for way in ways if (found := re.fullmatch(r"SCAN (\w+)", way))]


def verification_reads_each_table_once(case):
    """Who has no owner, who the owners are, and references: one statement has it all. Uniqueness is what an index says."""
    if case.fault is None:
        return
    case.make(SCHEMA.replace('"chat" TEXT NOT NULL, "text" TEXT)', '"chat" TEXT NOT NULL REFERENCES "stream" ("stream_id"), '
                             '"text" TEXT)'))
    rows = {"message": 3000, "stream": 50, "word": 4}
    path, log = case.plan()[1], os.path.join(case.folder, "statements")
    case.apply(path, "--phase", "backfill")
    case.environment.update(LD_PRELOAD=case.fault, FAULT_SQL=log)
    case.apply(path, "--phase", "verify")
    steps, statements = read_log(log, rows)
    for table, count in rows.items():
        by_index = count if table == "word" else 0  # its index is of a constraint that may have a collation of its own
        assert 0 < steps[table] <= count + by_index, (table, steps, statements[table])
        assert [name for sql in statements[table] for name in scans(case, sql)].count(table) == 1, statements[table]
    os.remove(log)
    case.apply(path, "--phase", "verify")  # what is verified is not asked again
    assert set(read_log(log, rows)[0].values()) == {0}, read_log(log, rows)


def rows_that_fail_verification(case):
    """What the one statement counts is said with its table: no owner, references that lead nowhere, the same key twice."""
    case.make(SCHEMA.replace('"chat" TEXT NOT NULL, "text" TEXT)', '"chat" TEXT NOT NULL REFERENCES "stream" ("stream_id"), '
                             '"text" TEXT)'))
    path = case.plan()[1]
    case.apply(path, "--phase", "backfill")
    (lost,), = case.query("SELECT count(*) FROM message WHERE chat NOT IN (SELECT stream_id FROM stream)")
    assert lost > 0  # as before the migration, which is no reason to stop
    for change, back, said in (
            ("UPDATE message SET tenant_id = '' WHERE id IN (7, 8)", "UPDATE message SET tenant_id = 'default' WHERE id IN (7, 8)",
             "rows of 'message' have no owner: 2 instead of 0"),
            ("UPDATE message SET chat = 'nowhere' WHERE chat = 's5'", "UPDATE message SET chat = 's5' WHERE chat = 'nowhere'",
             f"{lost + 50} references lead nowhere, and {lost} did before")):
        case.query(change)
        done = case.weft("apply", "--database", case.base, "--plan", path, "--yes", "--phase", "verify", expect=None)
        assert done.returncode != 0 and said in done.stderr, (done.returncode, done.stderr)
        case.query(back)
    case.apply(path, "--phase", "verify")


def keys_that_differ_for_the_old_index_only(case):
    """The old index tells capitals apart, the column does not: two rows of it are one by the new key, and both are named."""
    case.make(SCHEMA.replace('"stream_id" TEXT NOT NULL', '"stream_id" TEXT NOT NULL COLLATE NOCASE')
              .replace('ON "stream" ("stream_id")', 'ON "stream" ("stream_id" COLLATE BINARY)'))
    case.query("INSERT INTO stream (stream_id, platform) VALUES ('S7', 'qq')")
    path = case.plan()[1]
    done = case.weft("apply", "--database", case.base, "--plan", path, "--yes", expect=None)
    assert done.returncode != 0 and "rows of 'stream' are the same by the new key: 1 instead of 0" in done.stderr, done.stderr
    case.query("DELETE FROM stream WHERE stream_id = 'S7' COLLATE BINARY")
    case.apply(path)


def locks_are_announced_by_rows_and_bytes(case):
    """How long a writer waits while the columns come, and while an index is built, is said of rows and of what is in them."""
    def announced():
        return {step["id"]: step["estimate"]["lock_ms"] for step in case.plan()[2] if step["kind"] == "statements"}

    case.make()
    few = announced()
    assert few["expand-message-columns"] == 5 and few["switch-stream-unique"] == 5, few
    with contextlib.closing(sqlite3.connect(case.base)) as base, base:
        base.executemany("INSERT INTO message (chat, text) VALUES ('s1', ?)", (("x" * 40,) for _ in range(77000)))
        base.executemany("INSERT INTO stream (stream_id, platform) VALUES (?, 'qq')", ((f"n{i}",) for i in range(39950)))
    many = announced()
    assert 15 <= many["expand-message-columns"] <= 20, many  # 80,000 rows of about 50 bytes
    assert 70 <= many["switch-stream-unique"] <= 85, many  # 40,000 keys
    with contextlib.closing(sqlite3.connect(case.base)) as base, base:  # longer ones at the end alone, as time goes on
        base.execute("UPDATE message SET text = ? WHERE id > 40000", ("x" * 2000,))
    wide = announced()
    assert 60 <= wide["expand-message-columns"] <= 90, wide
    assert wide["switch-stream-unique"] == many["switch-stream-unique"], wide


CASES = [locks_are_announced_by_rows_and_bytes, verification_reads_each_table_once, rows_that_fail_verification, keys_that_differ_for_the_old_index_only, owners_arrive, two_owners_have_the_same, each_phase_leaves_less, rows_of_the_old_program, differences_are_said,
         json_that_holds_ids_is_said, what_cannot_be_migrated, exceptions_of_unique, rows_that_nobody_owns_yet, what_was_taken_back_is_verified_again]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weft", required=True)
    parser.add_argument("--fault", type=os.path.abspath, help="the library of fault.c; without it one case is left out")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    Case.fault = options.fault
    for case in CASES:
        if options.names and case.__name__ not in options.names:
            continue
        with tempfile.TemporaryDirectory() as folder:
            case(Case(os.path.abspath(options.weft), folder))
        print("ok  ", case.__name__)


if __name__ == "__main__":
    sys.exit(main())
