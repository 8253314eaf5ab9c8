#!/usr/bin/python3
"""Rows that are easily lost when a SQLite table moves into a new definition: without a key, with gaps between their
numbers, with names and texts of all kinds, and those that make way for others while the move goes on.

    tests/data/run_rows.py --weft PROGRAM [NAME...]
"""
import argparse
import os
import sqlite3
import sys
import tempfile
import threading
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import sqlite_bot  # noqa: E402

PACK = """version: 1
pack: small
context: { parameter: context, type: iso.Context, ambient: iso.current }
data:
  dimensions: { tenant_id: { default: default } }
  tables:
    - { table: %s, keys: [tenant_id]%s }
"""
NUMBERS = "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < %d) "


class Case:
    def __init__(self, program, folder, table, more, sql):
        self.weft = sqlite_bot.Weft(program, folder)
        self.table, self.base, self.path = table, os.path.join(folder, "bot.db"), os.path.join(folder, "plan.json")
        base = sqlite3.connect(self.base)
        base.executescript("PRAGMA journal_mode = wal; " + sql)
        base.close()
        self.pack = os.path.join(self.weft.tree, "pack.yml")
        with open(self.pack, "w", encoding="utf-8") as file:
            file.write(PACK % (table, more))

    def plan(self, expect=0):
        return self.weft.run("plan", self.base, "--pack", self.pack, "-o", self.path, expect=expect)

    def apply(self, *options):
        return self.weft.run("apply", self.base, "--plan", self.path, "--yes", "--no-backup", *options)

    def rows(self, columns):
        base = sqlite3.connect(self.base)
        base.text_factory = bytes
        found = sorted(base.execute(f'SELECT {columns} FROM "{self.table}"'), key=repr)
        base.close()
        return found


# The name, the table, more of its rule, how it is made, and what must be the same afterwards.
STAY = [
    ("NULL in a primary key of one column", "t", "",
     "CREATE TABLE t (id BIGINT PRIMARY KEY, b TEXT UNIQUE);"
     "INSERT INTO t VALUES (5, 'x'), (NULL, 'y'), (NULL, 'z'), (9, NULL)", "rowid, id, b"),
    ("NULL in a primary key of two columns, and a column called rowid", "t", ", unique: [{ to: [id, k], add: [] }]",
     "CREATE TABLE t (id BIGINT, rowid TEXT, k INT, b TEXT UNIQUE, PRIMARY KEY (id, k));"
     "INSERT INTO t VALUES (5, 'x', NULL, 'b'), (NULL, 'y', 1, 'x'), (NULL, 'z', NULL, 'r'), (9, NULL, 4, 'n')",
     "_rowid_, id, rowid, k, b"),
    ("numbers of rows with gaps between them", "t", ", unique: [{ to: [a], add: [] }, { to: [b], add: [tenant_id] }]",
     "CREATE TABLE t (a TEXT PRIMARY KEY, b TEXT UNIQUE);" + NUMBERS % 3000 +
     "INSERT INTO t SELECT 'a' || n, 'b' || n FROM s; DELETE FROM t WHERE rowid % 3 = 0; INSERT INTO t VALUES (NULL, 'x')",
     "rowid, a, b"),
    ("no key at all", "t", "", "CREATE TABLE t (a TEXT, b TEXT UNIQUE); INSERT INTO t VALUES ('x', NULL), ('x', NULL), "
     "(NULL, NULL); DELETE FROM t WHERE rowid = 1", "rowid, a, b"),
    ("no row", "t", "", "CREATE TABLE t (a TEXT, b TEXT UNIQUE)", "rowid, a, b"),
    ("names and numbers at their ends", "select", "",
     "CREATE TABLE \"select\" (\"order\" INTEGER PRIMARY KEY, \"gr'?1\" TEXT UNIQUE, \"ключ\" TEXT);"
     "CREATE INDEX \"from\" ON \"select\" (\"ключ\"); INSERT INTO \"select\" VALUES (9223372036854775807, '1', 'é'), "
     "(-9223372036854775808, '2', NULL), (0, NULL, NULL)", "\"order\", \"gr'?1\", \"ключ\""),
    ("texts that are no UTF-8, with NUL in them, or long", "t",
     ", unique: [{ to: [a], add: [] }, { to: [b], add: [tenant_id] }]",
     "CREATE TABLE t (a TEXT PRIMARY KEY, b TEXT UNIQUE, g TEXT AS (a || '!') STORED, v TEXT AS (a || '?')) WITHOUT ROWID;"
     "INSERT INTO t VALUES (CAST(x'ff00fe' AS TEXT), '1'), ('a' || char(0) || 'b', '2'), (CAST(x'ff' AS TEXT), NULL), "
     "('', 'é'), (hex(zeroblob(1000000)), hex(zeroblob(1000001)))", "a, b, g, v"),
]


def rows_stay(program, folder):
    for number, (name, table, more, sql, columns) in enumerate(STAY):
        inner = os.path.join(folder, str(number))
        os.mkdir(inner)
        case = Case(program, inner, table, more, sql)
        before = case.rows(columns)
        case.plan()
        case.apply("--contract")
        assert case.rows(columns) == before, f"{name}: {case.rows(columns)[:9]} instead of {before[:9]}"
        assert {row[0] for row in case.rows("tenant_id")} <= {b"default"}, name


def rows_without_any_key_are_refused(program, folder):
    case = Case(program, folder, "t", "", "CREATE TABLE t (id BIGINT PRIMARY KEY, rowid TEXT, _rowid_ TEXT, oid INT, "
                "b TEXT UNIQUE); INSERT INTO t VALUES (NULL, 1, 2, 3, 'x')")
    done = case.plan(expect=2)
    assert "E626" in done.stderr and "no key" in done.stderr, done.stderr


def write_meanwhile(case, write):
    """The last phase while another program calls WRITE(connection, number); gives how often, and what went wrong."""
    case.plan()
    case.apply()
    stop, calls, errors = threading.Event(), [], []

    def run():
        base = sqlite3.connect(case.base, timeout=30, isolation_level=None)
        while not stop.is_set():
            try:
                write(base, len(calls))
            except sqlite3.Error as mistake:
                errors.append(str(mistake))
            calls.append(1)
            time.sleep(0.001)
        base.close()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        case.weft.run("resume", case.base, "--contract")
    finally:
        stop.set()
        thread.join()
    assert len(calls) > 5 and not errors, (len(calls), errors[:3])


MANY = NUMBERS % 40000 + "INSERT INTO t SELECT n, 'n' || n, 'x' || n, 'body' FROM s"


def replaced_rows_stay_away(program, folder):
    """REPLACE deletes what is in its way, of which no trigger on DELETE hears."""
    for number, table in enumerate(("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, x TEXT, body TEXT);",
                                    "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL, x TEXT UNIQUE, body TEXT);"
                                    "CREATE UNIQUE INDEX t_name ON t (name);")):
        inner = os.path.join(folder, str(number))
        os.mkdir(inner)
        more = ", unique: [{ to: [name], add: [] }, { to: [x], add: [tenant_id] }]" if number == 1 else ""
        case = Case(program, inner, "t", more, table + MANY)
        write_meanwhile(case, lambda base, call: base.execute(
            "INSERT OR REPLACE INTO t (name, x, body) VALUES (?, ?, 'new')", (f"n{1 + call * 7 % 1000}", f"y{call}")))
        names = [row[0] for row in case.rows("name")]
        assert len(names) == 40000 and len(set(names)) == 40000, (len(names), len(set(names)))


def a_note_fails_no_statement(program, folder):
    """A trigger does what the outer statement says of conflicts, whatever it says itself."""
    case = Case(program, folder, "t", "", "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT UNIQUE, x TEXT, body TEXT);" + MANY)
    words = ("FAIL", "ABORT", "ROLLBACK", "IGNORE", "REPLACE")
    write_meanwhile(case, lambda base, call: base.execute(
        f"UPDATE OR {words[call % 5]} t SET body = 'new' WHERE id = ?", (1 + call % 3,)))
    assert [row for row in case.rows("id, body") if row[1] == b"new"] == [(1, b"new"), (2, b"new"), (3, b"new")]


CASES = [rows_stay, rows_without_any_key_are_refused, replaced_rows_stay_away, a_note_fails_no_statement]


def main():
    parser = argparse.ArgumentParser(description="rows that are easily lost")
    parser.add_argument("--weft", required=True)
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    failed = 0
    for case in CASES:
        if options.names and case.__name__ not in options.names:
            continue
        with tempfile.TemporaryDirectory(prefix="weft-rows-", dir=sqlite_bot.FAST) as folder:
            try:
                case(options.weft, folder)
            except AssertionError as mistake:
                failed += 1
                print(f"{case.__name__}: {str(mistake)[:2000]}")
    print(f"{failed} failed" if failed else "all passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
