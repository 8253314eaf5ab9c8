#!/usr/bin/python3
"""The bot goes on writing while its SQLite database is migrated: no write may fail or wait for long.

    tests/data/run_live.py --weft PROGRAM [--messages N] [--rate N] [--most MILLISECONDS]

The writer does what the old models do: it inserts messages, updates chats, and inserts chats by ON CONFLICT on the old
key, in the journal mode and with the busy timeout of the bot. It is started again, with what it does at import (columns
that its models do not have are dropped), between the phases.
"""
import argparse
import multiprocessing
import os
import shutil
import sqlite3
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import sqlite_bot  # noqa: E402

MODELS = {"chats": {"id", "stream_id", "platform"}, "messages": {"id", "chat_id", "body", "weight", "raw"},
          "notes": {"name", "body"}}
BUSY = 1.0  # seconds, as the bot's


def police(base):
    """What the bot does at import with columns that it does not know: an index that names one keeps it."""
    for table, known in MODELS.items():
        for row in base.execute(f"PRAGMA table_info({table})").fetchall():
            if row[1] not in known:
                try:
                    base.execute(f"ALTER TABLE {table} DROP COLUMN {row[1]}")
                except sqlite3.OperationalError as refusal:
                    if "no such column" not in str(refusal) and "error in" not in str(refusal):
                        raise


def write(base, number):
    kind = number % 10
    if kind < 7:
        base.execute("INSERT INTO messages (chat_id, body, weight, raw) VALUES (?, ?, ?, ?)",
                     (f"stream{number % 20}", f"live {number}", 0.5, b"live"))
    elif kind < 9:
        base.execute("UPDATE chats SET platform = ? WHERE id = ?", (f"p{number}", number % 20 + 1))
    else:
        base.execute("INSERT INTO chats (stream_id, platform) VALUES (?, 'live') ON CONFLICT (stream_id) DO UPDATE "
                     "SET platform = 'again'", (f"live{number % 40}",))


def writer(path, rate, stop, restart, results):
    base = sqlite3.connect(path, timeout=BUSY, isolation_level=None)
    waits, errors, number, next_time = [], [], 0, time.monotonic()
    while not stop.is_set():
        if restart.is_set():
            base.close()
            base = sqlite3.connect(path, timeout=BUSY, isolation_level=None)
            police(base)
            restart.clear()
        began = time.monotonic()
        try:
            write(base, number)
        except sqlite3.Error as mistake:
            errors.append(str(mistake))
        waits.append(time.monotonic() - began)
        number += 1
        next_time += 1 / rate
        time.sleep(max(0.0, next_time - time.monotonic()))
    results.put((waits, errors))


def main():
    parser = argparse.ArgumentParser(description="a live writer beside a migration")
    parser.add_argument("--weft", required=True)
    parser.add_argument("--messages", type=int, default=200000)
    parser.add_argument("--rate", type=float, default=50)
    parser.add_argument("--most", type=float, default=500, help="milliseconds that a write may wait")
    parser.add_argument("--folder", help="where the database is made; the disk that is measured")
    options = parser.parse_args()
    scratch = tempfile.mkdtemp(prefix="weft-live-", dir=options.folder)
    path = os.path.join(scratch, "bot.db")
    sqlite_bot.make(path, messages=options.messages)
    weft = sqlite_bot.Weft(options.weft, scratch)
    plan = weft.write_plan(path, messages=options.messages)
    stop, restart, results = multiprocessing.Event(), multiprocessing.Event(), multiprocessing.Queue()
    process = multiprocessing.Process(target=writer, args=(path, options.rate, stop, restart, results),
                                      daemon=True)  # a phase that fails leaves no writer behind
    process.start()
    began = time.monotonic()
    for phase in ("expand", "backfill", "verify", "switch"):
        weft.run("apply", path, "--plan", plan, "--phase", phase)
        restart.set()
        while restart.is_set():
            time.sleep(0.05)
    seconds = time.monotonic() - began
    stop.set()
    waits, errors = results.get()
    process.join()
    base = sqlite3.connect(path)
    for table in MODELS:
        (missing,) = base.execute(f"SELECT count(*) FROM {table} WHERE tenant_id IS NULL").fetchone()
        assert missing == 0, f"{missing} rows of {table} have no owner"
    base.close()
    shutil.rmtree(scratch)
    waits = sorted(1000 * wait for wait in waits)
    print(f"{options.messages} messages, {seconds:.1f} s, {len(waits)} writes: {len(errors)} errors, waits p50 "
          f"{waits[len(waits) // 2]:.1f} ms, p99 {waits[len(waits) * 99 // 100]:.1f} ms, most {waits[-1]:.1f} ms")
    for mistake in errors[:5]:
        print(mistake)
    return 1 if errors or waits[-1] > options.most else 0


if __name__ == "__main__":
    sys.exit(main())
