#!/usr/bin/python3
"""What `weft data` costs on SQLite beside plain SQL, as ratios.

    tests/bench/data.py --weft build/release/weft [--messages N] [--folder DIR] [--large N]

The backfill, before any large index, against one UPDATE of the same table by the same expression (at least 0.8 of its
rows a second is wanted); the check that nothing else changed, as part of it; the backup with its comparison against cp
and a sync (the copy alone is wanted to take at most 1.5 times as long); the memory for 10,000 rows and for --large. Both
sides run on copies of one file, with synchronous=FULL as the library's default is. Not a test: figures depend on the
machine.
"""
import argparse
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../data"))
import sqlite_bot  # noqa: E402

UPDATE = (f"UPDATE messages SET tenant_id = 'default', chat_stream_id = {sqlite_bot.MESSAGE_CHAT} "
          "WHERE tenant_id IS NULL")


def peak_memory(command, environment):
    """Of one run, in KiB."""
    code = ("import resource, subprocess, sys; done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL); "
            "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss); sys.exit(done.returncode)")
    done = subprocess.run([sys.executable, "-c", code, *command], env=environment, capture_output=True, text=True,
                          check=True)
    return int(done.stdout)


class Bench:
    def __init__(self, options, scratch):
        self.options, self.scratch, self.count = options, scratch, 0

    def start(self, messages):
        self.count += 1
        folder = os.path.join(self.scratch, f"run{self.count}")
        os.mkdir(folder)
        base = os.path.join(folder, "bot.db")
        sqlite_bot.make(base, messages=messages)
        weft = sqlite_bot.Weft(self.options.weft, folder)
        return weft, base, weft.write_plan(base, messages=messages,
                                           only=lambda step: step["table"] != "notes" and step["phase"] != "contract")

    def backfill(self):
        weft, base, plan = self.start(self.options.messages)
        weft.run("apply", base, "--plan", plan, "--phase", "expand", "--no-backup")
        plain = base + ".plain"
        shutil.copy(base, plain)
        began = time.monotonic()
        connection = sqlite3.connect(plain)
        connection.execute(UPDATE)
        connection.commit()
        seconds = time.monotonic() - began
        connection.close()
        began = time.monotonic()
        weft.run("resume", base, "--phase", "backfill", "--offline")
        ours = time.monotonic() - began
        rows = self.options.messages
        print(f"backfill of {rows} rows: plain UPDATE {rows / seconds:.0f}/s, weft {rows / ours:.0f}/s with both "
              f"checksums, ratio {seconds / ours:.2f}")
        return base

    def backup(self, base):
        connection = sqlite3.connect(base)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        began = time.monotonic()
        with open(base, "rb") as source, open(base + ".copy", "wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
            os.fsync(target.fileno())
        plain = time.monotonic() - began
        weft, fresh, plan = self.start(self.options.messages)
        timings = {}
        for name, options in (("with", []), ("without", ["--no-backup"])):
            copy = fresh + name
            shutil.copy(fresh, copy)
            began = time.monotonic()
            weft.run("apply", copy, "--plan", plan, "--phase", "expand", "--offline", *options)
            timings[name] = time.monotonic() - began
        ours = timings["with"] - timings["without"]
        print(f"backup of {os.path.getsize(base) >> 20} MiB: cp and sync {plain:.2f} s, weft's backup, checked and "
              f"compared {ours:.2f} s, ratio {ours / plain:.2f}")

    def memory(self):
        for messages in (10000, self.options.large):
            weft, base, plan = self.start(messages)
            command = weft.command("apply", base, "--plan", plan, "--offline")
            print(f"memory for {messages} rows: {peak_memory(command, weft.environment) / 1024:.1f} MiB")


def main():
    parser = argparse.ArgumentParser(description="weft data beside plain SQL")
    parser.add_argument("--weft", required=True)
    parser.add_argument("--messages", type=int, default=400000)
    parser.add_argument("--large", type=int, default=2000000)
    parser.add_argument("--folder", help="where the databases are made; the disk that is measured")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="weft-bench-", dir=options.folder) as scratch:
        bench = Bench(options, scratch)
        base = bench.backfill()
        bench.backup(base)
        bench.memory()


if __name__ == "__main__":
    sys.exit(main())
