#!/usr/bin/python3
"""Migrations of a SQLite database by hand-made plans: apply, resume, roll back. `run_sqlite.py --weft PROGRAM [NAME...]`"""
import argparse
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import sqlite_bot  # noqa: E402


class Case:
    def __init__(self, program, fault, folder):
        self.folder, self.fault = folder, fault
        self.weft = sqlite_bot.Weft(program, folder)
        self.base = os.path.join(folder, "bot.db")

    def make(self, **more):
        sqlite_bot.make(self.base, **more)
        return sqlite_bot.dump(self.base)

    def query(self, sql):
        base = sqlite3.connect(self.base)
        rows = base.execute(sql).fetchall()
        base.commit()
        base.close()
        return rows


def apply_and_rollback(case):
    before = case.make()
    plan = case.weft.write_plan(case.base)
    case.weft.run("apply", case.base, "--plan", plan)
    assert case.query("SELECT count(*) FROM messages WHERE tenant_id IS NULL OR chat_stream_id IS NULL") == [(0,)]
    assert case.query("SELECT count(*) FROM messages WHERE chat_stream_id = 'lost'") == \
        case.query("SELECT count(*) FROM messages WHERE chat_id IN ('stream20', 'stream21')")
    once = sqlite_bot.dump(case.base)
    case.weft.run("apply", case.base, "--plan", plan)
    assert sqlite_bot.dump(case.base) == once, "a second run changed something"
    case.weft.run("rollback", case.base)
    after = sqlite_bot.dump(case.base)
    assert after == before, "\n".join(line for line in after if line not in before)


def each_phase_alone(case):
    before = case.make()
    plan = case.weft.write_plan(case.base)
    for phase in ("expand", "backfill", "verify", "switch"):
        case.weft.run("apply", case.base, "--plan", plan, "--phase", phase)
        states = {step["phase"]: step["state"] for step in case.weft.status(case.base)["steps"]}
        assert states[phase] == "done", states
    assert states["contract"] == "open", states
    case.weft.run("rollback", case.base, "--phase", "switch")
    assert case.query("SELECT count(*) FROM sqlite_master WHERE name = 'weft_uq_chats'") == [(0,)]
    case.weft.run("rollback", case.base)
    assert sqlite_bot.dump(case.base) == before


def another_schema(case):
    case.make()
    plan = case.weft.write_plan(case.base)
    case.query("ALTER TABLE chats ADD COLUMN later TEXT")
    before = sqlite_bot.dump(case.base)
    done = case.weft.run("apply", case.base, "--plan", plan, expect=4)
    assert "E666" in done.stderr, done.stderr
    assert sqlite_bot.dump(case.base) == before


def new_tenants(case):
    before = case.make()
    plan = case.weft.write_plan(case.base)
    case.weft.run("apply", case.base, "--plan", plan)
    case.query("INSERT INTO messages (chat_id, body, tenant_id, chat_stream_id) VALUES ('s', 'hers', 'acme', 's')")
    done = case.weft.run("rollback", case.base, expect=2)
    assert "E671" in done.stderr and "'acme' (1 rows)" in done.stderr, done.stderr
    assert case.query("SELECT count(*) FROM messages WHERE tenant_id = 'acme'") == [(1,)]
    case.weft.run("rollback", case.base, "--discard-tenants")
    assert sqlite_bot.dump(case.base) == before
    state = case.weft.environment["XDG_STATE_HOME"]
    written = [os.path.join(folder, name) for folder, _, names in os.walk(state) for name in names
               if name.startswith("new-tenants")]
    assert written and '"body": "hers"' in open(written[-1], encoding="utf-8").read()


def contract_asks(case):
    case.make()
    plan = case.weft.write_plan(case.base)
    done = case.weft.run("apply", case.base, "--plan", plan, "--phase", "contract", expect=2)
    assert "E670" in done.stderr, done.stderr
    case.weft.run("apply", case.base, "--plan", plan, "--contract")
    assert case.query("SELECT count(*) FROM sqlite_master WHERE name = 'chats_stream_id'") == [(0,)]
    done = case.weft.run("rollback", case.base, expect=2)
    assert "E670" in done.stderr and "--restore" in done.stderr, done.stderr


def duplicates(case):
    case.make()
    # The old index goes, so that two rows may have one key: what a hand-made change of the bot's did.
    case.query("DROP INDEX chats_stream_id")
    case.query("INSERT INTO chats (stream_id) VALUES ('stream3')")
    plan = case.weft.write_plan(case.base, only=lambda step: step["phase"] != "contract")
    done = case.weft.run("apply", case.base, "--plan", plan, expect=2)
    assert "E667" in done.stderr and "'stream3'" in done.stderr, done.stderr
    case.query("DELETE FROM chats WHERE id = (SELECT max(id) FROM chats)")
    case.weft.run("resume", case.base)


def dropped_by_the_bot(case):
    """A bot that drops what it does not know, between two phases: the next run makes it again, and fills it."""
    before = case.make()
    plan = case.weft.write_plan(case.base)
    for phase in ("expand", "backfill", "verify"):
        case.weft.run("apply", case.base, "--plan", plan, "--phase", phase)
        case.query("DROP TRIGGER weft_fill_chats")
        case.query("DROP INDEX weft_ix_chats")
        case.query("ALTER TABLE chats DROP COLUMN tenant_id")
    case.weft.run("resume", case.base)
    assert case.query("SELECT count(*) FROM chats WHERE tenant_id IS NULL") == [(0,)]
    case.weft.run("rollback", case.base)
    assert sqlite_bot.dump(case.base) == before


def damaged(case):
    case.make(journal="delete")
    plan = case.weft.write_plan(case.base)
    size = os.path.getsize(case.base)
    with open(case.base, "r+b") as file:
        file.seek(size // 2 // 4096 * 4096)
        file.write(b"\xff" * 8192)
    damage = open(case.base, "rb").read()
    done = case.weft.run("apply", case.base, "--plan", plan, expect=2)
    assert "E665" in done.stderr, done.stderr
    assert open(case.base, "rb").read() == damage, "a damaged file was changed"


def damaged_backup(case):
    """Each piece of the copy comes to the disk with another byte: in rows, in indexes, and in pages that nobody uses."""
    if case.fault is None:
        return
    before = case.make(messages=20000)
    case.query("CREATE TABLE gone AS SELECT * FROM messages")
    case.query("DROP TABLE gone")
    plan, folder = case.weft.write_plan(case.base), os.path.join(case.folder, "backups")
    os.mkdir(folder)
    pieces = 0
    while True:
        done = case.weft.run("apply", case.base, "--plan", plan, "--backup", folder, "--phase", "expand", expect=None,
                             LD_PRELOAD=case.fault, FAULT_ONLY="piece", FAULT_KIND="flip", FAULT_POINT=str(pieces + 1))
        if done.returncode == 0:
            break
        pieces += 1
        assert done.returncode == 2 and "E669" in done.stderr, f"piece {pieces}: {done.returncode} {done.stderr}"
        assert not os.listdir(folder), "the damaged copy was left"
        assert sqlite_bot.dump(case.base) == before, "the database was changed"
    assert pieces >= 4, pieces


def backup_of_any_shape(case):
    """Page sizes, free pages, pages that a vacuum points back with, a log that was not folded in, an empty table alone."""
    for size, vacuum, journal in ((512, 0, "delete"), (1024, 1, "wal"), (4096, 2, "truncate"), (65536, 0, "wal")):
        for name in (case.base, case.base + "-wal", case.base + "-shm"):
            if os.path.exists(name):
                os.remove(name)
        case.query(f"PRAGMA page_size = {size}")
        connection = sqlite3.connect(case.base)
        connection.executescript(f"PRAGMA page_size = {size}; PRAGMA auto_vacuum = {vacuum}; VACUUM")
        connection.close()
        before = case.make(messages=5000, journal=journal)
        kept = sqlite3.connect(case.base)
        kept.executescript("CREATE TABLE gone AS SELECT * FROM messages; DROP TABLE gone; PRAGMA user_version = 7")
        folder = os.path.join(case.folder, f"backups{size}")
        os.mkdir(folder)
        plan = case.weft.write_plan(case.base)
        case.weft.run("apply", case.base, "--plan", plan, "--backup", folder, "--phase", "expand")
        kept.close()  # until now the log was not folded in
        (backup,) = os.listdir(folder)
        backup = os.path.join(folder, backup)
        assert sqlite_bot.dump(backup) == before, f"pages of {size}"
        copy = sqlite3.connect(backup)
        found = [copy.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_size", "auto_vacuum", "user_version")]
        copy.close()
        assert found == [size, vacuum, 7], found
        case.weft.run("rollback", case.base)
        assert sqlite_bot.dump(case.base) == before


def no_database(case):
    for name, content in (("missing.db", None), ("text.db", b"no database at all, but a text\n" * 40), ("empty.db", b"")):
        path = os.path.join(case.folder, name)
        if content is not None:
            with open(path, "wb") as file:
                file.write(content)
        done = case.weft.run("status", path, expect=2)
        assert "E660" in done.stderr, done.stderr
    # A log without its file.
    with open(os.path.join(case.folder, "gone.db-wal"), "wb") as file:
        file.write(b"x" * 100)
    done = case.weft.run("status", os.path.join(case.folder, "gone.db"), expect=2)
    assert "write-ahead log" in done.stderr, done.stderr


def changed_record(case):
    case.make()
    plan = case.weft.write_plan(case.base)
    case.weft.run("apply", case.base, "--plan", plan, "--phase", "expand")
    state = case.weft.environment["XDG_STATE_HOME"]
    for folder, _, names in os.walk(state):
        if "record" in names:
            path = os.path.join(folder, "record")
            text = open(path, encoding="utf-8").read()
            open(path, "w", encoding="utf-8").write(text.replace("expand", "switch"))
    done = case.weft.run("resume", case.base, expect=2)
    assert "E673" in done.stderr, done.stderr


def backup_is_the_database(case):
    before = case.make()
    plan = case.weft.write_plan(case.base)
    copies = [os.path.join(case.folder, name) for name in ("one", "two")]
    for copy in copies:
        os.mkdir(copy)
    case.weft.run("apply", case.base, "--plan", plan, *(f"--copies={copy}" for copy in copies))
    for copy in copies:
        (name,) = os.listdir(copy)
        assert sqlite_bot.dump(os.path.join(copy, name)) == before


def wrong_statement(case):
    case.make()
    plan = case.weft.write_plan(case.base, change=lambda steps: steps[0]["sql"].append("ALTER TABLE missing ADD x"))
    before = sqlite_bot.dump(case.base)
    done = case.weft.run("apply", case.base, "--plan", plan, expect=2)
    assert "E661" in done.stderr and "no such table: missing" in done.stderr, done.stderr
    case.weft.run("rollback", case.base)
    assert sqlite_bot.dump(case.base) == before


def locked(case):
    case.make(journal="delete")
    plan = case.weft.write_plan(case.base)
    case.weft.run("apply", case.base, "--plan", plan, "--phase", "expand")
    other = sqlite3.connect(case.base)
    other.execute("BEGIN IMMEDIATE")
    done = case.weft.run("resume", case.base, "--wait", "1", expect=6)
    assert "E662" in done.stderr, done.stderr
    other.rollback()
    case.weft.run("resume", case.base)


def locked_while_it_opens(case):
    """A bot that starts or folds its log in holds the whole file for a moment: that is waited for, a longer hold is said."""
    case.make(journal="delete")
    plan = case.weft.write_plan(case.base)
    other = sqlite3.connect(case.base, check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    release = threading.Timer(0.5, other.rollback)
    release.start()
    case.weft.run("apply", case.base, "--plan", plan, "--phase", "expand")
    release.join()
    for word in ("status", "resume", "rollback"):
        other.execute("BEGIN EXCLUSIVE")
        done = case.weft.run(word, case.base, expect=None)
        assert done.returncode == 6 and "E662" in done.stderr, f"{word}: {done.returncode} {done.stderr}"
        other.rollback()


def changing_trigger(case):
    case.make()
    case.query("CREATE TRIGGER mischief AFTER UPDATE ON messages BEGIN UPDATE messages SET body = 'x' "
               "WHERE id = NEW.id; END")
    before = sqlite_bot.dump(case.base)
    plan = case.weft.write_plan(case.base)
    done = case.weft.run("apply", case.base, "--plan", plan, expect=2)
    assert "E668" in done.stderr, done.stderr
    case.weft.run("rollback", case.base)
    assert sqlite_bot.dump(case.base) == before


def no_place(case):
    case.make()
    plan = case.weft.write_plan(case.base)
    before = sqlite_bot.dump(case.base)
    done = case.weft.run("apply", case.base, "--plan", plan, "--backup", os.path.join(case.folder, "none"), expect=2)
    assert "E669" in done.stderr, done.stderr
    state = os.path.join(case.weft.tree, "state")
    done = case.weft.run("apply", case.base, "--plan", plan, expect=2, XDG_STATE_HOME=state, HOME=state)
    assert "E672" in done.stderr, done.stderr
    assert sqlite_bot.dump(case.base) == before


def disk_full(case):
    if case.fault is None:
        return
    before = case.make()
    plan = case.weft.write_plan(case.base)
    case.weft.run("apply", case.base, "--plan", plan, "--phase", "expand")
    done = case.weft.run("resume", case.base, expect=6, LD_PRELOAD=case.fault, FAULT_POINT="40", FAULT_KIND="enospc",
                         FAULT_ONLY="write")
    assert "E664" in done.stderr, done.stderr
    case.weft.run("resume", case.base)
    case.weft.run("rollback", case.base)
    assert sqlite_bot.dump(case.base) == before


def restore_after_contract(case):
    before = case.make()
    plan = case.weft.write_plan(case.base)
    case.weft.run("apply", case.base, "--plan", plan, "--contract")
    case.query("INSERT INTO messages (chat_id, body, tenant_id, chat_stream_id) VALUES ('s', 'later', 'acme', 's')")
    case.query("UPDATE chats SET platform = 'changed' WHERE id = 3")
    contracted = sqlite_bot.dump(case.base)
    done = case.weft.run("rollback", case.base, "--restore")
    assert "messages: 2001 rows, 2000 in the backup; 1 are new or changed" in done.stdout, done.stdout
    assert "chats: 20 rows, 20 in the backup; 1 are new or changed" in done.stdout, done.stdout
    assert sqlite_bot.dump(case.base) == contracted, "a report changed something"
    case.weft.run("rollback", case.base, "--restore", "--yes")
    assert sqlite_bot.dump(case.base) == before
    case.weft.run("apply", case.base, "--plan", plan)


def restore_of_changed_backup(case):
    case.make()
    plan = case.weft.write_plan(case.base)
    folder = os.path.join(case.folder, "backups")
    os.mkdir(folder)
    case.weft.run("apply", case.base, "--plan", plan, "--contract", "--backup", folder)
    (name,) = os.listdir(folder)
    with open(os.path.join(folder, name), "ab") as file:
        file.write(b"more")
    done = case.weft.run("rollback", case.base, "--restore", "--yes", expect=2)
    assert "not those that weft wrote" in done.stderr, done.stderr


def tenants(case):
    case.make()
    plan = case.weft.write_plan(case.base)
    case.weft.run("apply", case.base, "--plan", plan)
    case.query("INSERT INTO messages (chat_id, body, raw, tenant_id, chat_stream_id) "
               "VALUES ('s', 'a \"quoted\" text', x'ff00', 'acme', 's')")
    assert case.weft.run("tenant list", case.base).stdout == "acme\t1\ndefault\t2520\n"
    (line,) = case.weft.run("tenant export", case.base, "acme", "-q").stdout.splitlines()
    row = json.loads(line)
    assert row["table"] == "messages" and row["row"]["body"] == 'a "quoted" text', row
    assert row["row"]["raw"] == {"hex": "ff00"} and row["row"]["weight"] is None, row
    done = case.weft.run("tenant delete", case.base, "acme", expect=2)
    assert "--yes" in done.stderr, done.stderr
    case.weft.run("tenant delete", case.base, "acme", "--yes")
    assert case.weft.run("tenant list", case.base).stdout == "default\t2520\n"


def new_tenant(case):
    """A tenant moves in when the old keys are gone, with the rows of another, of which none is shared or taken over."""
    case.make()
    plan = case.weft.write_plan(case.base)
    case.weft.run("apply", case.base, "--plan", plan)
    done = case.weft.run("tenant add", case.base, "acme", expect=2)
    assert "E670" in done.stderr and "--contract" in done.stderr, done.stderr
    case.weft.run("resume", case.base, "--contract")
    assert case.weft.run("tenant add", case.base, "empty").stdout == "may move in, with 0 rows\n"
    for name, options, wanted in (("default", [], "is there already"), ("acme", ["--from", "nobody"], "has no rows"),
                                  ("acme", ["--from", "default", "--table", "weft_ledger"], "no table 'weft_ledger'")):
        done = case.weft.run("tenant add", case.base, name, *options, expect=2)
        assert wanted in done.stderr, done.stderr
    done = case.weft.run("tenant add", case.base, "acme", "--from", "default", "--table", "chats", "--table", "notes")
    assert done.stdout == "may move in, with 520 rows\n", done.stdout
    mine = "SELECT stream_id, platform FROM chats WHERE tenant_id = '{}' ORDER BY id"
    assert case.query(mine.format("acme")) == case.query(mine.format("default"))
    assert case.query("SELECT count(DISTINCT id), count(*) FROM chats") == [(40, 40)]
    assert case.query("SELECT count(*) FROM messages WHERE tenant_id = 'acme'") == [(0,)]


def new_tenant_that_would_share(case):
    """A key that is unique for everybody, and a reference by a counted key, are named, and nothing is copied."""
    case.make()
    case.weft.run("apply", case.base, "--plan", case.weft.write_plan(case.base), "--contract")
    before = sqlite_bot.dump(case.base)
    for change, back, wanted in (("CREATE UNIQUE INDEX bodies ON notes (body)", "DROP INDEX bodies", "'body' is unique"),
                                 ("ALTER TABLE messages ADD COLUMN chat INTEGER REFERENCES chats (id)",
                                  "ALTER TABLE messages DROP COLUMN chat", "refer to rows of 'chats'")):
        case.query(change)
        done = case.weft.run("tenant add", case.base, "acme", "--from", "default", expect=2)
        assert wanted in done.stderr, done.stderr
        case.query(back)
        assert sqlite_bot.dump(case.base) == before


def new_table(case):
    """A table that the bot makes after the plan: nobody says whose its rows are."""
    case.make()
    plan = case.weft.write_plan(case.base)
    case.weft.run("apply", case.base, "--plan", plan, "--phase", "backfill")
    case.query("CREATE TABLE later (id INTEGER PRIMARY KEY)")
    done = case.weft.run("resume", case.base, expect=2)
    assert "whose the rows of 'later' are" in done.stderr, done.stderr


def a_second_migration(case):
    """Killed while it begins, it begins again; the first one, which is over, does not hold it up."""
    if case.fault is None:
        return

    def make_plan(name, tables):
        path = case.weft.write_plan(case.base, name, only=lambda step: step["table"] in tables)
        with open(path, encoding="utf-8") as file:
            plan = json.load(file)
        for table in plan["tables"]:
            if table["name"] == "notes" and "notes" not in tables:
                table.update(ownership="shared", keys=[], added=[], required=[])
        with open(path, "w", encoding="utf-8") as file:
            json.dump(plan, file)
        return path

    case.make()
    case.weft.run("apply", case.base, "--plan", make_plan("first.json", ("chats", "messages")), "--contract", "--no-backup")
    second = make_plan("second.json", ("notes",))
    state, kept = os.path.join(case.folder, "state"), os.path.join(case.folder, "kept")
    shutil.copytree(state, kept)
    shutil.copy(case.base, case.base + ".kept")
    case.weft.run("apply", case.base, "--plan", second)
    after, point, killed = sqlite_bot.dump(case.base), 0, -9
    for only in ("statement", "sync"):
        while killed == -9 and point < 60:
            point += 1
            for name in (case.base, case.base + "-wal", case.base + "-shm"):
                if os.path.exists(name):
                    os.remove(name)
            shutil.rmtree(state)
            shutil.copytree(kept, state)
            shutil.copy(case.base + ".kept", case.base)
            killed = case.weft.run("apply", case.base, "--plan", second, expect=None, LD_PRELOAD=case.fault, FAULT_ONLY=only,
                                   FAULT_KIND="kill", FAULT_POINT=str(point)).returncode
            case.weft.run("apply", case.base, "--plan", second)
            assert sqlite_bot.dump(case.base) == after, f"{only} {point}"
        point, killed = 0, -9


def pause_and_cancel(case):
    before = case.make(messages=100000)
    plan = case.weft.write_plan(case.base, messages=100000)
    for word, status in (("pause", 6), ("cancel", 5)):
        process = subprocess.Popen(case.weft.command("apply", case.base, "--plan", plan), stderr=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, env=case.weft.environment)
        while case.weft.run(word, case.base, expect=None).returncode != 0:
            assert process.poll() is None, "it was over before it was asked"
        assert process.wait() == status, f"{word}: {process.returncode}"
        if word == "pause":
            assert "open" in {step["state"] for step in case.weft.status(case.base)["steps"]}
    assert sqlite_bot.dump(case.base) == before
    case.weft.run("apply", case.base, "--plan", plan)


CASES = [apply_and_rollback, each_phase_alone, another_schema, new_tenants, contract_asks, duplicates,
         dropped_by_the_bot, damaged, damaged_backup, backup_of_any_shape, no_database, changed_record, backup_is_the_database,
         wrong_statement, locked, locked_while_it_opens, changing_trigger, no_place, disk_full,
         restore_after_contract, restore_of_changed_backup, tenants, new_tenant,
         new_tenant_that_would_share, new_table, a_second_migration, pause_and_cancel]


def main():
    parser = argparse.ArgumentParser(description="migrations of a SQLite database")
    parser.add_argument("--weft", required=True)
    parser.add_argument("--fault", type=os.path.abspath, help="the library of fault.c; without it some cases are left out")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    failed = 0
    for case in CASES:
        if options.names and case.__name__ not in options.names:
            continue
        folder = tempfile.mkdtemp(prefix="weft-data-", dir=sqlite_bot.FAST)
        try:
            case(Case(options.weft, options.fault, folder))
        except AssertionError as mistake:
            failed += 1
            print(f"{case.__name__}: {mistake}")
        finally:
            shutil.rmtree(folder)
    print(f"{failed} of {len(CASES)} failed" if failed else "all passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
