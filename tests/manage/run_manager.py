#!/usr/bin/python3
"""`weft migrate` on a small bot: pauses, kills, two managers, failures, and the way back.

    run_manager.py --weft PROGRAM [--kill LIBRARY --every N] [NAME...]
"""
import argparse
import html.parser
import json
import os
import shutil
import signal
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from bot import Bot  # noqa: E402

GATES = ("--approve", "deploy", "--approve", "callers", "--approve", "no-return")
ORDER = ["preflight", "data-plan", "data-expand", "code-expand", "data-backfill", "data-verify", "code-verify",
         "data-switch", "deploy", "callers", "api-check", "code-contract", "contract-verify", "no-return", "data-contract"]


# Words of the command of each task, by which the library knows it and makes it fail.
FAILING = {"preflight": "preflight", "data-plan": "data plan", "data-expand": "--phase expand", "data-backfill":
           "--phase backfill", "data-verify": "--phase verify", "data-switch": "--phase switch", "data-contract":
           "--contract", "code-expand": "apply --stage expand", "code-verify": "verify --before 1", "api-check": "--dry-run",
           "code-contract": "--stage contract --allow-dirty", "contract-verify": "verify --before 2"}


def whole_way(bot):
    """Every task, one stop at each gate, and both back to the first byte."""
    bot.make_plan()
    plan = json.load(open(bot.plan, encoding="utf-8"))
    assert [task["id"] for task in plan["tasks"]] == ORDER and plan["risk_level"] == "medium", plan
    bot.migrate("run", "--plan", bot.plan, expect=6)
    states = bot.states()
    assert states["data-switch"] == "done" and states["deploy"] == "waiting" and states["callers"] == "open", states
    bot.migrate("resume", "--approve", "deploy", expect=6)
    bot.migrate("resume", "--approve", "callers", expect=6)
    assert "isolation_context: IsolationContext)" in bot.tree()["app/apis.py"].decode()
    bot.migrate("resume", "--approve", "no-return")
    status = bot.status()
    assert status["status"] == "completed" and status["metrics"]["success_rate"] == 100.0, status
    answers = {line["id"]: line["answer"] for lines in status["checklists"].values() for line in lines}
    assert answers["database-backup"] == answers["disk"] == answers["api"] == "yes", answers
    assert answers["training"] == answers["time-window"] == "unknown", answers
    assert bot.query("SELECT count(*) FROM message WHERE tenant_id <> 'default'") == [(0,)]
    bot.migrate("resume")  # all holds: nothing is done again
    bot.query("INSERT INTO stream (stream_id, tenant_id) VALUES ('s1', 'acme')")
    refused = bot.migrate("rollback", expect=2)  # and nothing is touched: the backup knows nothing of acme
    assert "E615" in refused.stderr and bot.states()["code-contract"] == "done", refused.stderr
    bot.migrate("rollback", "--restore")
    assert (bot.tree(), bot.dump()) == bot.before
    assert bot.status()["status"] == "rolled_back"
    bot.migrate("resume", expect=2)


def back_from_the_middle(bot):
    bot.make_plan()
    bot.migrate("run", "--plan", bot.plan, expect=6)
    bot.query("INSERT INTO stream (stream_id, tenant_id) VALUES ('s99', 'acme')")
    refused = bot.migrate("rollback", expect=1)
    assert "E616" in refused.stderr and "E671" in bot.logs(), refused.stderr
    bot.migrate("rollback", "--discard-tenants")
    assert (bot.tree(), bot.dump()) == bot.before


def parts(bot):
    """A plan may leave out data, code and the interface, name families, and forbid the way back."""
    os.remove(bot.base)  # nobody asks for it
    bot.make_plan("--no-data", "--no-api", "--types", "config_system", "--no-rollback")
    bot.migrate("run", "--plan", bot.plan, "--approve", "deploy")
    assert list(bot.states()) == ["preflight", "code-expand-config_system", "code-verify", "deploy", "code-contract",
                                  "contract-verify"]
    assert not os.path.exists(bot.base)
    refused = bot.migrate("rollback", expect=2)
    assert "E615" in refused.stderr and "--no-rollback" in refused.stderr, refused.stderr


def durations(bot):
    """Phases of the database have a duration where there are rows to measure by, and none where nobody could tell."""
    data = ["data-backfill", "data-verify", "data-switch", "data-contract"]

    def of_plan():
        bot.make_plan()
        with open(bot.plan, encoding="utf-8") as file:
            tasks = {task["id"]: task for task in json.load(file)["tasks"]}
        return [(tasks[name].get("least_seconds"), tasks[name].get("most_seconds")) for name in data], tasks

    measured, tasks = of_plan()
    assert all(0 <= least < most for least, most in measured), measured
    assert "least_seconds" not in tasks["preflight"]
    bot.query("DELETE FROM message")
    assert of_plan()[0] == [(None, None)] * 4


def two_managers(bot):
    bot.make_plan()
    first = bot.migrate("run", "--plan", bot.plan, wait=False)
    refused = 0
    while first.poll() is None:
        if '"at_work": true' not in bot.migrate("status", "--format", "json", expect=None).stdout:
            continue
        second = bot.migrate("resume", expect=None)
        assert second.returncode in (2, 6) and (second.returncode == 6 or "E605" in second.stderr), second.stderr
        refused += second.returncode == 2
    assert first.wait() == 6 and refused > 0, bot.logs()
    assert bot.states()["data-switch"] == "done"


def pause_and_cancel(bot):
    bot.make_plan()
    none = bot.migrate("pause", expect=2)
    assert "E615" in none.stderr, none.stderr
    run = bot.migrate("run", "--plan", bot.plan, wait=False)
    while bot.migrate("pause", expect=None).returncode != 0 and run.poll() is None:
        pass
    assert run.wait() == 6, bot.logs()
    assert "deploy" in bot.states() and bot.status()["status"] in ("paused", "waiting")
    bot.migrate("resume", expect=6)
    assert bot.states()["data-switch"] == "done"
    bot.migrate("cancel")
    assert bot.status()["status"] == "cancelled"
    bot.migrate("resume", expect=2)
    bot.migrate("rollback")
    assert (bot.tree(), bot.dump()) == bot.before


def a_signal(bot):
    """Ctrl-C stops it at a safe point, and it goes on."""
    bot.make_plan()
    run = bot.migrate("run", "--plan", bot.plan, wait=False)
    time.sleep(0.3)
    run.send_signal(signal.SIGINT)
    assert run.wait() in (6, -2), bot.logs()  # -2: before it had begun
    bot.migrate("run", "--plan", bot.plan, expect=6)
    assert bot.states()["data-switch"] == "done"


def what_was_done_is_looked_at(bot):
    """The tree is taken back behind the manager's back: it is done again, and what stands on it, too."""
    bot.make_plan()
    bot.migrate("run", "--plan", bot.plan, expect=6)
    bot.run("rollback")
    done = bot.migrate("resume", "--approve", "deploy", expect=6)
    assert "code-expand                   does not hold any more" in done.stdout, done.stdout
    assert "code-verify                   does not hold any more" in done.stdout, done.stdout
    assert bot.states()["callers"] == "waiting" and "isolation_context" in bot.tree()["app/apis.py"].decode()
    bot.migrate("rollback")
    assert (bot.tree(), bot.dump()) == bot.before


def old_callers_hold_it_up(bot):
    bot.make_plan()
    bot.migrate("run", "--plan", bot.plan, "--approve", "deploy", expect=6)
    os.makedirs(os.path.join(bot.root, "usage"))
    row = {"api": "app.apis.nickname", "module": "weather", "distribution": None, "calls": 3, "first": 1, "last": 253402300000}
    usage = os.path.join(bot.root, "usage", "usage-1-a.json")
    with open(usage, "w", encoding="utf-8") as file:
        json.dump({"schema_version": 1, "written": 1796036400, "calls": [row]}, file)
    held = bot.migrate("resume", *GATES, expect=1)
    assert "E616" in held.stderr and "weather, 3 calls" in bot.logs(), held.stderr
    states = bot.states()
    assert states["api-check"] == "failed" and states["code-contract"] == "blocked", states
    os.remove(usage)
    bot.migrate("resume", *GATES)


class Words(html.parser.HTMLParser):
    """The tags and the text of a page."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.text = set(), ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)

    def handle_data(self, data):
        self.text += data


def reports(bot):
    """As a page, whose texts are no markup, and as Markdown."""
    bot.make_plan("--name", "a <script>alert(1)</script> & \"more\"")
    bot.migrate("run", "--plan", bot.plan, expect=6)
    page = os.path.join(bot.folder, "report.html")
    bot.migrate("report", "--format", "html", "-o", page)
    words = Words(open(page, encoding="utf-8").read())
    assert "script" not in words.tags and words.text.count("a <script>alert(1)</script> & \"more\"") == 2, words.tags
    assert "data-switch" in words.text and "the time for it is agreed" in words.text and "code and database change together" in words.text
    lines = bot.migrate("report").stdout.splitlines()
    assert lines[0] == "# Migration" and all(line.startswith("    ") or not line for line in lines[1:]), lines


def another_plan(bot):
    bot.make_plan()
    bot.migrate("run", "--plan", bot.plan, expect=6)
    bot.make_plan("--name", "another")
    refused = bot.migrate("run", "--plan", bot.plan, expect=2)
    assert "in the middle of another plan" in refused.stderr, refused.stderr
    assert "no task of this plan" in bot.migrate("resume", "--approve", "code-expand", expect=2).stderr


def hostile_plans(bot):
    """A plan file says what a migration includes, and nothing of which commands that is."""
    bot.make_plan()
    good = json.load(open(bot.plan, encoding="utf-8"))
    for change in ({"tasks": good["tasks"][:-1]}, {"tasks": [{**good["tasks"][0], "needs": ["deploy"]}, *good["tasks"][1:]]},
                   {"database": "--plan=/etc/passwd"}, {"commit": "HEAD; rm -rf /"}, {"families": ["all"]},
                   {"name": "a\u001b[31m"}, {"schema_version": 2}, {"command": "sh"}, {"include_data": False}):
        with open(bot.plan, "w", encoding="utf-8") as file:
            json.dump({**good, **change}, file)
        refused = bot.migrate("run", "--plan", bot.plan, expect=2)
        assert "E614" in refused.stderr, (change, refused.stderr)
    assert (bot.tree(), bot.dump()) == bot.before


def a_changed_record(bot):
    bot.make_plan()
    bot.migrate("run", "--plan", bot.plan, expect=6)
    (record,) = [os.path.join(folder, "record") for folder, _, names in os.walk(bot.environment["XDG_STATE_HOME"])
                 if "record" in names and "tree-" in folder]
    text = open(record, encoding="utf-8").read()
    with open(record, "w", encoding="utf-8") as file:
        file.write(text.replace(" done preflight", " done data-plan"))
    assert "E673" in bot.migrate("resume", expect=2).stderr


def failures(bot_maker):
    """A failed task in each position: it holds up what needs it and nothing else; mended, the migration goes on."""
    for position in [name for name in ORDER if name not in ("deploy", "callers", "no-return")]:
        bot = bot_maker()
        bot.make_plan()
        failed = bot.migrate("run", "--plan", bot.plan, *GATES, expect=1, LD_PRELOAD=bot.kill, CHILD_FAILS=FAILING[position],
                             CHILD_COUNT=os.path.join(bot.folder, "count"))
        assert f"the task '{position}' failed" in failed.stderr, failed.stderr
        states = bot.states()
        assert states[position] == "failed", (position, states)
        for task in bot.plan_tasks():
            needs_failed = any(states[need] in ("failed", "blocked") for need in task["needs"])
            if task["id"] != position:
                assert (states[task["id"]] == "blocked") == needs_failed, (position, task, states)
        if ORDER.index(position) % 2:
            bot.migrate("rollback")
            assert (bot.tree(), bot.dump()) == bot.before, position
        else:
            bot.migrate("resume", *GATES)
            assert bot.status()["status"] == "completed"


def kills(bot_maker, every):
    """kill -9 before and after each sync of the manager: resume comes to the end, rollback to the beginning."""
    bot = bot_maker()
    bot.make_plan()
    log = os.path.join(bot.folder, "points")
    bot.migrate("run", "--plan", bot.plan, *GATES, LD_PRELOAD=bot.kill, MANAGER_LOG=log)
    after, points = (bot.tree(), bot.dump()), len(open(log, encoding="utf-8").readlines())
    assert points > 2 * len(ORDER), points
    for point in range(1, points + 1, every):
        bot = bot_maker()
        bot.make_plan()
        done = bot.migrate("run", "--plan", bot.plan, *GATES, expect=None, LD_PRELOAD=bot.kill, MANAGER_POINT=str(point))
        assert done.returncode == -signal.SIGKILL, (point, done)
        wait_for_lock(bot)
        if (point // every) % 2:
            begun = bot.migrate("status", expect=None).returncode == 0
            bot.migrate("rollback", "--restore", expect=0 if begun else 2)
            assert (bot.tree(), bot.dump()) == bot.before, point
        else:
            bot.migrate("run", "--plan", bot.plan, *GATES)
            assert (bot.tree(), [line for line in bot.dump() if "weft_ledger" not in line]) == \
                (after[0], [line for line in after[1] if "weft_ledger" not in line]), point
        shutil.rmtree(bot.folder)
    print(f"{points} points, every {every}")


def full_disks(bot_maker, every):
    """The record cannot be written any more: nothing is begun without its line, and once there is room it goes on."""
    bot = bot_maker()
    bot.make_plan()
    log = os.path.join(bot.folder, "points")
    bot.migrate("run", "--plan", bot.plan, *GATES, LD_PRELOAD=bot.kill, MANAGER_LOG=log)
    after, points = (bot.tree(), bot.dump()), len(open(log, encoding="utf-8").readlines())
    for point in range(1, points + 1, every):
        bot = bot_maker()
        bot.make_plan()
        full = bot.migrate("run", "--plan", bot.plan, *GATES, expect=2, LD_PRELOAD=bot.kill, MANAGER_FULL=str(point))
        assert "No space left" in full.stderr, (point, full.stderr)
        if (point // every) % 2:
            begun = bot.migrate("status", expect=None).returncode == 0
            bot.migrate("rollback", "--restore", expect=0 if begun else 2)
            assert (bot.tree(), bot.dump()) == bot.before, point
        else:
            bot.migrate("run", "--plan", bot.plan, *GATES)
            assert bot.tree() == after[0], point
        shutil.rmtree(bot.folder)


def kills_on_the_way_back(bot_maker, every):
    """The same while it takes back, from before and from behind the point of no return."""
    for gates in (("--approve", "deploy"), GATES):
        bot = bot_maker()
        bot.make_plan()
        bot.migrate("run", "--plan", bot.plan, *gates, expect=None)
        log = os.path.join(bot.folder, "points")
        bot.migrate("rollback", "--restore", LD_PRELOAD=bot.kill, MANAGER_LOG=log)
        points = len(open(log, encoding="utf-8").readlines())
        for point in range(1, points + 1, every):
            bot = bot_maker()
            bot.make_plan()
            bot.migrate("run", "--plan", bot.plan, *gates, expect=None)
            done = bot.migrate("rollback", "--restore", expect=None, LD_PRELOAD=bot.kill, MANAGER_POINT=str(point))
            assert done.returncode == -signal.SIGKILL, (point, done)
            wait_for_lock(bot)
            if bot.status()["status"] != "rolled_back":
                bot.migrate("resume", expect=2)  # it is being taken back
                bot.migrate("rollback", "--restore")
            assert (bot.tree(), bot.dump()) == bot.before, point
            shutil.rmtree(bot.folder)
        print(f"{points} points, every {every}")


def a_second_plan(bot_maker, _every):
    """Killed while it begins, when another one of this tree is over: the old one does not hold it up."""
    bot = bot_maker()
    bot.make_plan()
    bot.migrate("run", "--plan", bot.plan, *GATES)
    bot.migrate("rollback", "--restore")
    bot.make_plan("--name", "again")
    for point in range(1, 9):
        done = bot.migrate("run", "--plan", bot.plan, expect=None, LD_PRELOAD=bot.kill, MANAGER_POINT=str(point))
        assert done.returncode == -signal.SIGKILL, (point, done)
        wait_for_lock(bot)
    bot.migrate("run", "--plan", bot.plan, *GATES)
    assert bot.status()["status"] == "completed" and bot.status()["name"] == "again"


def wait_for_lock(bot):
    """A child whose manager died stops at its next safe point, and holds the lock until then."""
    for _ in range(300):
        if "E605" not in bot.migrate("pause", expect=None).stderr and "at_work\": true" not in \
                bot.migrate("status", "--format", "json", expect=None).stdout:
            return
        time.sleep(0.1)
    raise AssertionError("the lock is held for ever")


CASES = [whole_way, back_from_the_middle, parts, durations, two_managers, pause_and_cancel, a_signal, what_was_done_is_looked_at,
         old_callers_hold_it_up, reports, another_plan, hostile_plans, a_changed_record]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weft", required=True)
    parser.add_argument("--kill")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        count = 0

        def make():
            nonlocal count
            count += 1
            bot = Bot(os.path.abspath(options.weft), os.path.join(scratch, str(count)))
            bot.kill = os.path.abspath(options.kill) if options.kill else ""
            bot.plan_tasks = lambda: json.load(open(bot.plan, encoding="utf-8"))["tasks"]
            return bot

        for case in CASES if not options.names else [globals()[name] for name in options.names]:
            if case is failures:
                failures(make)
            elif case in (kills, kills_on_the_way_back, full_disks, a_second_plan):
                case(make, options.every)
            else:
                case(make())
            print(f"ok   {case.__name__}", flush=True)


if __name__ == "__main__":
    main()
