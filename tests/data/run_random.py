#!/usr/bin/python3
"""Random schemas, rows and plans, by seed: migrated, stopped at random, gone on with, verified, taken back.

    tests/data/run_random.py --weft PROGRAM --fault LIBRARY [--seeds FROM TO]

For each seed: after `apply` every row has the owner that the plan says and nothing else of it has changed; after
`rollback` the database is what it was. On the way weft is killed at a random statement, or not.
"""
import argparse
import json
import os
import random
import shutil
import sqlite3
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import sqlite_bot  # noqa: E402

TYPES = ("INTEGER", "TEXT", "REAL", "BLOB", "VARCHAR(20)", "NUMERIC", "")
NAMES = ("body", "Weight", "o'clock", 'a "quoted" one', "order", "naïve", "x y", "select")


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


class Table:
    def __init__(self, dice, number):
        self.name = dice.choice((f"t{number}", f"table {number}", f'odd"{number}', f"größe{number}"))
        self.columns = [f"{dice.choice(NAMES)} {i}" for i in range(dice.randint(1, 70 if dice.random() < 0.1 else 6))]
        self.shape = dice.choice(("rowid", "integer", "text", "pair", "without"))
        self.types = [dice.choice(TYPES) for _ in self.columns]
        self.rows = dice.choice((0, 1, 7, 60, 700, 3000))
        self.unique = dice.random() < 0.4
        self.key = {"rowid": ["rowid"], "integer": ["id"], "text": ["code"], "pair": ["part", "code"],
                    "without": ["code"]}[self.shape]

    def create(self):
        parts = {"rowid": [], "integer": ["id INTEGER PRIMARY KEY"], "text": ["code TEXT NOT NULL PRIMARY KEY"],
                 "pair": ["part INTEGER NOT NULL", "code TEXT NOT NULL"], "without": ["code TEXT NOT NULL PRIMARY KEY"]}
        own = parts[self.shape] + [f"{quoted(name)} {kind}" for name, kind in zip(self.columns, self.types)]
        if self.shape == "pair":
            own.append("PRIMARY KEY (part, code)")
        return f"CREATE TABLE {quoted(self.name)} ({', '.join(own)})" + (" WITHOUT ROWID" if self.shape == "without" else "")

    def all_columns(self):
        return ([] if self.shape == "rowid" else self.key) + self.columns

    def fill(self, dice, base):
        names = self.all_columns()
        sql = f"INSERT INTO {quoted(self.name)} ({', '.join(map(quoted, names))}) VALUES ({', '.join('?' * len(names))})"
        ids = dice.sample(range(-2**40, 2**40), self.rows)
        for number in range(self.rows):
            key = {"rowid": [], "integer": [ids[number]], "text": [f"k\u00e9y'{ids[number]}"],
                   "pair": [ids[number] % 5, f"c{ids[number]}"], "without": [f"w{ids[number]}"]}[self.shape]
            base.execute(sql, key + [value(dice) for _ in self.columns])

    def steps(self, number):
        table, tenant = quoted(self.name), f"'tenant' || (coalesce(length({quoted(self.columns[0])}), 0) % 3)"
        expand = sqlite_bot.statements(
            f"expand-{number}", "expand", self.name, "add the owner",
            [f"ALTER TABLE {table} ADD COLUMN tenant_id TEXT", f"CREATE INDEX weft_ix_{number} ON {table} (tenant_id)"],
            [f"DROP INDEX weft_ix_{number}", f"ALTER TABLE {table} DROP COLUMN tenant_id"])
        fill = sqlite_bot.batches(self.name, self.key, {"tenant_id": tenant}, self.all_columns(), self.rows)
        fill["id"] = f"backfill-{number}"
        verify = sqlite_bot.probe(f"verify-{number}", self.name, "every row has an owner",
                                  f"SELECT count(*) FROM {table} WHERE tenant_id IS NULL", "rows without an owner")
        switch = []
        if self.unique and self.shape in ("integer", "text"):
            switch = [sqlite_bot.statements(
                f"switch-{number}", "switch", self.name, "make the new key",
                [f"CREATE UNIQUE INDEX weft_uq_{number} ON {table} (tenant_id, {self.key[0]})"],
                [f"DROP INDEX weft_uq_{number}"])]
        return [[expand], [fill], [verify], switch]


def value(dice):
    return dice.choice((None, "", 0, 1, -1, 2**63 - 1, -2**63, 0.1, -1e300, "text", "naïve", "a\0b", "'; --", b"", b"\xff\0",
                        dice.randint(-1000, 1000), "x" * dice.randint(0, 3000)))


def content(path, tables):
    base = sqlite3.connect(path)
    base.text_factory = bytes
    rows = {table.name: sorted(map(repr, base.execute(
        f"SELECT {', '.join(map(quoted, table.all_columns()))} FROM {quoted(table.name)}"))) for table in tables}
    base.close()
    return rows


def check_owners(path, tables):
    base = sqlite3.connect(path)
    for table in tables:
        wrong = f"tenant_id IS NOT 'tenant' || (coalesce(length({quoted(table.columns[0])}), 0) % 3)"
        (count,) = base.execute(f"SELECT count(*) FROM {quoted(table.name)} WHERE {wrong}").fetchone()
        assert count == 0, f"{count} rows of {table.name} have another owner"
    base.close()


def dump(path):
    base = sqlite3.connect(path)
    base.text_factory = bytes
    lines = [repr(row) for row in base.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2")]
    names = [row[0].decode() for row in base.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")]
    for name in names:
        lines += sorted(repr(row) for row in base.execute(f"SELECT * FROM {quoted(name)}"))
    base.close()
    return lines


def try_seed(options, seed, folder):
    dice = random.Random(seed)
    tables = [Table(dice, number) for number in range(dice.randint(1, 4))]
    path = os.path.join(folder, "some.db")
    with sqlite3.connect(path) as base:
        base.execute(f"PRAGMA page_size={dice.choice((512, 4096, 65536))}")
        base.execute(f"PRAGMA journal_mode={dice.choice(('wal', 'delete', 'truncate'))}")
        for table in tables:
            base.execute(table.create())
            table.fill(dice, base)
    base.close()
    before, rows = dump(path), content(path, tables)
    weft = sqlite_bot.Weft(options.weft, folder)
    by_phase = zip(*(table.steps(number) for number, table in enumerate(tables)))
    plan = sqlite_bot.plan(weft.status(path)["schema_digest"])
    plan["steps"] = [step for phase in by_phase for part in phase for step in part]
    plan["tables"] = [{**plan["tables"][0], "name": table.name} for table in tables]
    name = os.path.join(folder, "plan.json")
    with open(name, "w", encoding="utf-8") as file:
        json.dump(plan, file)
    if dice.random() < 0.5:
        weft.run("apply", path, "--plan", name, expect=None, LD_PRELOAD=options.fault, FAULT_ONLY="statement",
                 FAULT_KIND="kill", FAULT_POINT=str(dice.randint(1, 400)))
    weft.run("apply", path, "--plan", name, "--offline")
    check_owners(path, tables)
    assert content(path, tables) == rows, "rows have changed"
    weft.run("rollback", path)
    after = dump(path)
    assert after == before, "\n".join(sorted(set(after) ^ set(before)))[:2000]


def main():
    parser = argparse.ArgumentParser(description="random migrations")
    parser.add_argument("--weft", required=True)
    parser.add_argument("--fault", required=True, type=os.path.abspath)
    parser.add_argument("--seeds", nargs=2, type=int, default=(1, 200))
    options = parser.parse_args()
    failed = 0
    for seed in range(options.seeds[0], options.seeds[1] + 1):
        folder = tempfile.mkdtemp(prefix="weft-random-", dir=sqlite_bot.FAST)
        try:
            try_seed(options, seed, folder)
        except AssertionError as mistake:
            failed += 1
            print(f"seed {seed}: {mistake}", flush=True)
        shutil.rmtree(folder)
    print(f"{failed} seeds failed" if failed else f"seeds {options.seeds[0]} to {options.seeds[1]} passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
