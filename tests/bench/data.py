#!/usr/bin/python3
"""What `weft data` costs on SQLite beside plain SQL, as ratios.

    tests/bench/data.py --weft build/release/weft [--messages N] [--folder DIR] [--large N] [PART..]

The verification against one reading of the table; the backfill, before any large index, against one UPDATE of the same table by the same expression (at least 0.8 of its
rows a second is wanted); the check that nothing else changed, as part of it; the backup against a copy and a sync
(at most 1.5 times as long is wanted; its proof by itself); the memory for 10,000 rows and for --large. Both
sides run on copies of one file, with synchronous=FULL as the library's default is. Not a test: figures depend on the
machine.
"""
import argparse
import glob
import os
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../data"))
import run_plan  # noqa: E402
import sqlite_bot  # noqa: E402

PAIRS = 9
PARTS = ("backfill", "verify", "locks", "backup", "memory")
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

    def verify(self):
        """All that is asked of the rows when they have their owners, beside one reading of the largest table."""
        weft, base, plan = self.start(self.options.messages)
        weft.run("apply", base, "--plan", plan, "--phase", "backfill", "--no-backup", "--offline")
        connection = sqlite3.connect(base)
        connection.execute("DROP INDEX weft_ix_messages")  # those of `weft data plan` have no rows in them yet
        connection.close()
        once, ours = [], []
        for turn in range(PAIRS):
            fresh = f"{base}.{turn}"
            shutil.copy(base, fresh)
            connection = sqlite3.connect(fresh)
            began = time.monotonic()
            connection.execute("SELECT count(*), sum(length(body)) FROM messages NOT INDEXED").fetchall()
            once.append(time.monotonic() - began)
            connection.close()
            shutil.copytree(os.path.join(weft.folder, "state"), os.path.join(weft.folder, "kept"))
            began = time.monotonic()
            weft.run("resume", base, "--phase", "verify")
            ours.append(time.monotonic() - began)
            shutil.rmtree(os.path.join(weft.folder, "state"))
            os.rename(os.path.join(weft.folder, "kept"), os.path.join(weft.folder, "state"))
            shutil.copy(fresh, base)
        print(f"verification of {self.options.messages} rows, least of {PAIRS} turns: {min(ours):.3f} s, one reading of the "
              f"table {min(once):.3f} s, ratio {min(ours) / min(once):.2f}")

    def locks(self):
        """What `weft data plan` announces as the longest wait of a writer, and how long its statements hold the lock."""
        for length in (20, 200, 1000, 3000):
            self.count += 1
            folder = os.path.join(self.scratch, f"run{self.count}")
            os.mkdir(folder)
            case = run_plan.Case(os.path.abspath(self.options.weft), folder)
            case.make()
            rows = self.options.messages // 2
            with sqlite3.connect(case.base) as base:
                base.executemany("INSERT INTO message (chat, text) VALUES (?, ?)",
                                 ((f"s{n % 60}", "x" * (length // 2 + n % length)) for n in range(rows)))
                base.executemany("INSERT INTO stream (stream_id, platform) VALUES (?, 'qq')",
                                 ((f"more{n}",) for n in range(rows // 4)))
            base.close()
            steps = [step for step in case.plan()[2] if step["kind"] == "statements" and step["phase"] in ("expand", "switch")]
            for phase in ("expand", "switch"):
                held = min(self.hold(case.base, steps, phase) for _ in range(3))
                announced = max(step["estimate"]["lock_ms"] for step in steps if step["phase"] == phase)
                print(f"locks of {phase}, {rows} rows of about {length} bytes: announced {announced} ms, held {held:.0f} ms, "
                      f"factor {max(held / announced, announced / held):.2f}")

    def hold(self, original, steps, phase):
        """The longest transaction of a phase of the plan, in milliseconds, on a copy that has the steps before."""
        copy = original + ".copy"
        shutil.copy(original, copy)
        os.sync()
        base, longest = sqlite3.connect(copy, isolation_level=None), 0.0
        base.execute("PRAGMA journal_mode=wal")
        for step in steps:
            base.execute("BEGIN IMMEDIATE")
            began = time.monotonic()
            for sql in step["sql"]:
                base.execute(sql)
            base.execute("COMMIT")
            if step["phase"] == phase:
                longest = max(longest, time.monotonic() - began)
        base.close()
        os.remove(copy)
        return longest * 1000

    def backup(self):
        """In turns: a copy by read and write with a sync, and weft's own. Its record says how long what took. Each begins
        when the disk has nothing else to write."""
        weft, fresh, plan = self.start(self.options.messages)
        connection = sqlite3.connect(fresh)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        plain, copied, proven = [], [], []
        for pair in range(PAIRS):
            os.sync()
            began = time.monotonic()
            with open(fresh, "rb") as source, open(f"{fresh}.plain{pair}", "wb") as target:
                shutil.copyfileobj(source, target, 1 << 20)
                target.flush()
                os.fsync(target.fileno())
            plain.append(time.monotonic() - began)
            copy = f"{fresh}.{pair}"
            shutil.copy(fresh, copy)
            os.sync()
            weft.run("apply", copy, "--plan", plan, "--phase", "expand", "--offline")
            (record,) = glob.glob(os.path.join(weft.folder, "state", "weft", "*", "record"))
            with open(record, encoding="utf-8") as file:
                (seconds,) = re.findall(r" backup .* copied:([0-9.]+)s proven:([0-9.]+)s", file.read())
            copied.append(float(seconds[0]))
            proven.append(float(seconds[1]))
            shutil.rmtree(os.path.join(weft.folder, "state"))
        ratio = statistics.median(ours / theirs for ours, theirs in zip(copied, plain))
        print(f"backup of {os.path.getsize(fresh) >> 20} MiB, least of {PAIRS} turns: copy and sync {min(plain):.3f} s, weft's "
              f"{min(copied):.3f} s, ratio {min(copied) / min(plain):.2f} (median of the pairs {ratio:.2f}); checked and read "
              f"back in {min(proven):.3f} s")

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
    parser.add_argument("parts", nargs="*", choices=(*PARTS, []), help="those alone")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="weft-bench-", dir=options.folder) as scratch:
        bench = Bench(options, scratch)
        for part in options.parts or PARTS:
            getattr(bench, part)()


if __name__ == "__main__":
    sys.exit(main())
