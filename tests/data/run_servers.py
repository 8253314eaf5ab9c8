#!/usr/bin/python3
"""Migrations on a PostgreSQL and a MariaDB server that this script starts: apply, faults, resume, roll back.

    tests/data/run_servers.py --weft PROGRAM --fault LIBRARY [--engine NAME] [--every N] [--messages N] [--first N]
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import server_bot  # noqa: E402
import servers  # noqa: E402
import sqlite_bot  # noqa: E402


# The smallest batches: 3,200 messages are 50 of them.
SMALL = {"FAULT_CLOCK": "1"}
WHOLE = 10  # at so many points one is compared by the engine's own dump


class Database:
    """What a trial's database is, to be compared: its state, and at each tenth point what the engine's client dumps of it."""

    def __init__(self, trial):
        self.trial, self.dump, self.state = trial, trial.server.dump(), trial.server.state()

    def compare(self, tried, where):
        whole = tried % WHOLE == 0
        self.trial.same(self.trial.server.dump() if whole else self.trial.server.state(), self.dump if whole else self.state, where)


class Trial:
    def __init__(self, options, server, folder):
        self.options, self.server = options, server
        self.weft = sqlite_bot.Weft(options.weft, folder)
        server_bot.make(server, messages=options.messages)
        self.before = server.dump()
        self.plan = os.path.join(folder, "plan.json")
        digest = self.weft.status(server.name)["schema_digest"]
        with open(self.plan, "w", encoding="utf-8") as file:
            json.dump(server_bot.plan(server, digest, options.messages), file)

    def run(self, word, *options, **more):
        return self.weft.run(word, self.server.name, *options, **more)

    def check_owners(self):
        count = self.server.query("SELECT count(*) FROM messages WHERE tenant_id IS NULL OR chat_stream_id IS NULL")
        assert count == [["0"]], count
        lost = self.server.query("SELECT count(*) FROM messages WHERE chat_stream_id = 'lost'")
        assert lost == self.server.query("SELECT count(*) FROM messages WHERE chat_id IN ('stream20', 'stream21')")

    def same(self, found, wanted, where):
        assert found == wanted, f"{where}: " + "\n".join(sorted(set(map(str, found)) ^ set(map(str, wanted))))[:2000]


def apply_and_rollback(trial):
    trial.run("apply", "--plan", trial.plan)
    trial.check_owners()
    once = trial.server.dump()
    trial.run("apply", "--plan", trial.plan, "--no-backup")
    trial.same(trial.server.dump(), once, "a second run")
    trial.run("rollback")
    trial.same(trial.server.dump(), trial.before, "rollback")


def wrong_credentials(trial):
    name = trial.server.name.replace("bot@", "bot:secret@")
    done = trial.weft.run("status", name, expect=2)
    assert "secret" not in done.stdout + done.stderr, done.stderr
    done = trial.weft.run("status", trial.server.name.replace("/bot", "/none"), expect=2)
    assert "E660" in done.stderr, done.stderr


def killed(trial):
    """weft dies at points of what it sends; then it goes on, or all is taken back."""
    log = os.path.join(trial.weft.folder, "log")
    fault = {"LD_PRELOAD": trial.options.fault, "FAULT_ONLY": "send"}
    before = Database(trial)
    trial.run("apply", "--plan", trial.plan, "--no-backup", "--offline", FAULT_LOG=log, **fault, **SMALL)
    after, points = Database(trial), len(open(log, encoding="utf-8").readlines())
    trial.run("rollback")
    tried = 0
    for point in range(trial.options.first, points + 1, trial.options.every):
        done = trial.run("apply", "--plan", trial.plan, "--no-backup", "--offline", expect=None, FAULT_KIND="kill",
                         FAULT_POINT=str(point), **fault, **SMALL)
        assert done.returncode == -9, f"point {point}: {done.returncode} {done.stderr}"
        if tried % 2 == 0:
            trial.run("apply", "--plan", trial.plan, "--no-backup", "--offline")
            after.compare(tried // 2, f"point {point}")
        done = trial.run("rollback", expect=None)
        assert done.returncode == 0 or "nothing to take back" in done.stderr, f"point {point}: {done.stderr}"
        before.compare(tried, f"point {point}, taken back")
        forget_columns(trial)
        tried += 1
    print(f"{trial.server.engine}: {points} points, {tried} tried", flush=True)


def lost_at_each_batch(trial):
    """At a COMMIT the connection is gone, its answer is lost, or the server dies; the same run goes on by itself."""
    log = os.path.join(trial.weft.folder, "commits")
    fault = {"LD_PRELOAD": trial.options.fault, "FAULT_ONLY": "commit", **SMALL}
    trial.run("apply", "--plan", trial.plan, "--no-backup", "--offline", FAULT_LOG=log, **fault)
    after, commits = Database(trial), len(open(log, encoding="utf-8").readlines())
    trial.run("rollback")
    before = Database(trial)
    assert commits > 20, commits
    tried = 0
    for kind in ("drop", "lost", "server"):
        for point in range(1, commits + 1, max(trial.options.every // 3, 1)):
            run_to_the_end(trial, f"{kind} at {point}", FAULT_KIND=kind, FAULT_POINT=str(point), **fault)
            after.compare(tried, f"{kind} at {point}")
            trial.run("rollback")
            before.compare(tried, f"{kind} at {point}, taken back")
            forget_columns(trial)
            tried += 1
    print(f"{trial.server.engine}: {commits} commits, {tried} tried", flush=True)


def forget_columns(trial):
    """MariaDB keeps room in a row for columns that are gone, until the table is made anew, and a row has only so much."""
    if trial.server.engine == "mariadb":
        trial.server.query("ALTER TABLE messages FORCE; ALTER TABLE chats FORCE")


def run_to_the_end(trial, where, **fault):
    """Applies the plan with a FAULT, starts the server again when that has died, and weft when it has given up."""
    process = subprocess.Popen(trial.weft.command("apply", trial.server.name, "--plan", trial.plan, "--no-backup", "--offline"),
                               env={**trial.weft.environment, **fault, "FAULT_SERVER": str(trial.server.process.pid)},
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while process.poll() is None:
        if trial.server.process.poll() is not None:
            trial.server.start()
        time.sleep(0.02)
    out, err = process.communicate()
    trial.server.revive()
    assert process.returncode == 0 or "E660" in err or "E663" in err, f"{where}: {process.returncode} {out}{err}"
    if process.returncode != 0:
        trial.run("apply", "--plan", trial.plan, "--no-backup", "--offline")


def row_level_security(trial):
    """The roles of `weft data grants`, on the server: a tenant sees and writes its own rows, also through a view."""
    script = trial.run("grants", "--plan", trial.plan).stdout
    if trial.server.engine == "mariadb":
        assert "weft_runtime" in script and "ROW LEVEL" not in script, script
        return
    trial.server.query("CREATE VIEW all_messages AS SELECT * FROM messages")
    script = trial.run("grants", "--plan", trial.plan).stdout
    trial.run("apply", "--plan", trial.plan, "--no-backup", expect=4)  # a view is part of the schema
    trial.server.query("DROP VIEW all_messages")
    trial.run("apply", "--plan", trial.plan, "--no-backup")
    trial.server.query("CREATE VIEW all_messages AS SELECT * FROM messages; INSERT INTO messages (chat_id, tenant_id) "
                       "VALUES ('x', 'acme'); CREATE ROLE owner; GRANT SELECT ON messages TO owner")
    trial.server.query(script)
    trial.server.query("GRANT SELECT ON all_messages TO weft_runtime")
    ask = "SET ROLE weft_runtime; BEGIN; {set} {sql}; COMMIT;"
    for table in ("messages", "all_messages"):
        for tenant, count in (("acme", "1"), ("default", str(trial.options.messages)), ("nobody", "0"), (None, "0")):
            chosen = f"SET LOCAL weft.tenant_id = '{tenant}';" if tenant else ""
            found = trial.server.query(ask.format(set=chosen, sql=f"SELECT count(*) FROM {table}"))
            assert found == [[count]], f"{table} for {tenant}: {found}"
    try:
        trial.server.query(ask.format(set="SET LOCAL weft.tenant_id = 'acme';",
                                      sql="INSERT INTO messages (chat_id, tenant_id) VALUES ('y', 'default')"))
    except AssertionError as refusal:
        assert "row-level security" in str(refusal), refusal
    else:
        raise AssertionError("a row of another tenant was written")
    trial.server.query("DELETE FROM messages WHERE tenant_id = 'acme'; DROP VIEW all_messages; DROP OWNED BY owner; "
                       "DROP ROLE owner; DROP OWNED BY weft_runtime; DROP ROLE weft_runtime; DROP ROLE weft_migrator")
    for table in ("messages", "chats"):
        trial.server.query(f"DROP POLICY weft_tenant ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY; "
                           f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    trial.run("rollback")


def server_dies(trial):
    """The server is killed in the middle of the batches and started again: the same run goes on by itself."""
    trial.run("apply", "--plan", trial.plan, "--no-backup", "--phase", "expand")
    process = subprocess.Popen(trial.weft.command("apply", trial.server.name, "--plan", trial.plan, "--no-backup"),
                               env=trial.weft.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(0.1)
    trial.server.kill()
    time.sleep(0.3)
    trial.server.start()
    out, err = process.communicate(timeout=120)
    # It may not have been at the batches yet.
    assert process.returncode == 0 or "E660" in err or "E663" in err, f"{out}{err}"
    trial.run("resume")
    trial.check_owners()
    trial.run("rollback")
    trial.same(trial.server.dump(), trial.before, "rollback")


def server_stays_away(trial):
    trial.run("apply", "--plan", trial.plan, "--no-backup", "--phase", "expand")
    process = subprocess.Popen(trial.weft.command("resume", trial.server.name, "--wait", "1"),
                               env=trial.weft.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(0.2)
    trial.server.kill()
    _, err = process.communicate(timeout=120)
    trial.server.start()
    assert process.returncode == 0 or "E663" in err or "E660" in err, err
    trial.run("resume")
    trial.check_owners()
    trial.run("rollback")
    trial.same(trial.server.dump(), trial.before, "rollback")


ROLES = {
    "postgresql": ("CREATE ROLE helper LOGIN; CREATE ROLE tables_owner; GRANT tables_owner TO helper",
                   "GRANT bot TO helper; ALTER ROLE helper CREATEDB",
                   "REVOKE bot FROM helper; DROP ROLE helper; DROP ROLE tables_owner"),
    "mariadb": ("CREATE USER helper@'127.0.0.1'; GRANT SELECT ON bot.* TO helper@'127.0.0.1'",
                "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, TRIGGER, LOCK TABLES ON bot.* TO "
                "helper@'127.0.0.1'; GRANT ALL ON `weft\\_rehearsal\\_%`.* TO helper@'127.0.0.1'",
                "DROP USER helper@'127.0.0.1'"),
}


def preflight(trial):
    """What the server says of the user: too much, too little, or as `weft data grants` has it; and who else is there."""
    begin, grant, end = ROLES[trial.server.engine]
    root = {"user": "root"} if trial.server.engine == "mariadb" else {}
    with open(os.path.join(trial.weft.tree, "weft.yml"), "w", encoding="utf-8") as rules:
        rules.write("version: 1\npacks: [generic-singletons]\n")

    def ask(user):
        name = trial.server.name.replace("//bot@", f"//{user}@")
        done = subprocess.run([trial.weft.program, "preflight", "--no-code", "--format", "json", "-C", trial.weft.tree,
                               "--database", name], env=trial.weft.environment, capture_output=True, text=True, check=False)
        assert done.returncode in (0, 1), done.stderr
        return {check["id"]: check for check in json.loads(done.stdout)["checks"]}

    assert ask("bot")["privileges"]["status"] == "warn"
    trial.server.query(begin, **root)
    few = ask("helper")["privileges"]
    assert few["status"] == ("fail" if trial.server.engine == "postgresql" else "unknown"), few
    trial.server.query(grant, **root)
    answers = ask("helper")
    assert answers["privileges"]["status"] == "pass", answers["privileges"]
    assert answers["holders"]["status"] == "pass", answers["holders"]
    client = trial.server.client("bot") if trial.server.engine == "postgresql" else trial.server.client("bot", "root")
    with subprocess.Popen(client, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as other:
        end_of_waiting = time.monotonic() + 60
        while (status := ask("bot")["holders"]["status"]) == "pass" and time.monotonic() < end_of_waiting:
            time.sleep(0.1)  # the client is not connected yet
        other.stdin.close()
    assert status == "warn", status
    trial.server.query(end, **root)


def no_file_is_sent(trial):
    """A statement of a plan asks the client for a file: it sends none, also where the user's own settings let clients."""
    if trial.server.engine != "mariadb":
        return
    home = os.path.join(trial.weft.folder, "home")
    secret = os.path.join(trial.weft.folder, "secret")
    os.makedirs(home, exist_ok=True)
    with open(secret, "w", encoding="utf-8") as file:
        file.write("hush\n")
    trial.server.query("CREATE TABLE taken (line varchar(191))")
    with open(trial.plan, encoding="utf-8") as file:
        plan = json.load(file)
    plan["steps"][0]["sql"].append(f"LOAD DATA LOCAL INFILE '{secret}' INTO TABLE taken")
    plan["schema_digest"] = trial.weft.status(trial.server.name)["schema_digest"]
    hostile = os.path.join(trial.weft.folder, "hostile.json")
    with open(hostile, "w", encoding="utf-8") as file:
        json.dump(plan, file)
    for settings in ("", "[client]\nlocal-infile=1\n", "[client]\nloose-local-infile\n[client-mariadb]\nlocal-infile=1\n"):
        with open(os.path.join(home, ".my.cnf"), "w", encoding="utf-8") as file:
            file.write(settings)
        done = trial.run("apply", "--plan", hostile, "--no-backup", expect=None, HOME=home)
        assert trial.server.query("SELECT count(*) FROM taken") == [["0"]], f"{settings!r}: the file was sent"
        assert done.returncode != 0 and "hush" not in done.stdout + done.stderr, done.stderr
        trial.run("rollback", expect=None)
    trial.server.query("DROP TABLE taken")
    trial.same(trial.server.dump(), trial.before, "no file is sent")


def new_tenant(trial):
    """The last one, since nothing takes the contract back."""
    trial.run("apply", "--plan", trial.plan, "--no-backup", "--contract")
    done = trial.run("tenant add", "acme", "--from", "default", "--table", "chats")
    (chats,), = trial.server.query("SELECT count(*) FROM chats WHERE tenant_id = 'default'")
    assert done.stdout == f"may move in, with {chats} rows\n" and int(chats) > 0, done.stdout
    assert trial.server.query("SELECT count(DISTINCT id) - count(*), count(DISTINCT tenant_id) FROM chats") == [["0", "2"]]


TRIALS = [apply_and_rollback, wrong_credentials, no_file_is_sent, row_level_security, killed, lost_at_each_batch, server_dies,
          server_stays_away, preflight, new_tenant]


def main():
    parser = argparse.ArgumentParser(description="migrations on servers")
    parser.add_argument("--weft", required=True)
    parser.add_argument("--fault", required=True, type=os.path.abspath)
    parser.add_argument("--engine", choices=("postgresql", "mariadb"))
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--messages", type=int, default=3000)
    parser.add_argument("--first", type=int, default=1, help="the point that a sweep of kills begins with")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    failed = 0
    for kind in (servers.PostgreSQL, servers.MariaDB):
        if options.engine not in (None, kind.engine):
            continue
        folder = tempfile.mkdtemp(prefix="weft-data-", dir=sqlite_bot.FAST)
        with kind() as server:
            trial = Trial(options, server, folder)
            for case in TRIALS:
                if options.names and case.__name__ not in options.names:
                    continue
                try:
                    case(trial)
                except AssertionError as mistake:
                    failed += 1
                    print(f"{kind.engine} {case.__name__}: {mistake}", flush=True)
        shutil.rmtree(folder)
    print(f"{failed} failed" if failed else "all passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
