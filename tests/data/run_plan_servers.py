#!/usr/bin/python3
"""What `weft data plan` writes for PostgreSQL and MariaDB, carried out on a server that this script starts.

    tests/data/run_plan_servers.py --weft PROGRAM [--fault LIBRARY [--every N]] [--engine NAME] [NAME...]
"""
import argparse
import os
import re
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import run_plan  # noqa: E402
import servers  # noqa: E402

# The tables of run_plan.MODELS; `word` has its UNIQUE in the table.
SCHEMA = '''
CREATE TABLE stream (id {serial}, stream_id {key} NOT NULL, platform {key} NOT NULL);
CREATE UNIQUE INDEX stream_stream_id ON stream (stream_id);
CREATE TABLE message (id {serial}, chat {key} NOT NULL, text {text});
CREATE INDEX message_chat ON message (chat);
CREATE TABLE word (id {serial}, chat {key}, word {key} NOT NULL, CONSTRAINT one_word UNIQUE (word));
CREATE TABLE picture (id {serial}, path {key} NOT NULL);
CREATE UNIQUE INDEX picture_path ON picture (path);
'''
TYPES = {"postgresql": {"serial": "bigserial PRIMARY KEY", "key": "text", "text": "text"},
         "mariadb": {"serial": "bigint NOT NULL AUTO_INCREMENT PRIMARY KEY", "key": "varchar(191)", "text": "text"}}


class Case(run_plan.Case):
    """As for SQLite, but the database is the server's, made anew for each case."""

    def __init__(self, options, folder, server):
        super().__init__(options.weft, folder)
        self.options, self.server, self.base, self.environment["NO_COLOR"] = options, server, server.name, "1"
        self.make()

    def weft(self, *words, **more):
        return super().weft(*words, *(("--database", self.base) if words[0] == "plan" else ()), **more)

    def make(self):
        self.server.clear()
        self.query(SCHEMA.format(**TYPES[self.server.engine]))
        for table, columns, rows in (
                ("stream", "stream_id, platform", [("s,2" if n == 2 else f"s{n}", "qq") for n in range(50)]),
                ("message", "chat, text", [(f"s{n % 60}", None if n % 7 else "x") for n in range(3000)]),
                ("word", "chat, word", [("s1", "all"), (None, "some"), ("s,2", "few"), ("s3", "none")]),
                ("picture", "path", [("a.png",)])):
            values = ", ".join("(" + ", ".join("NULL" if cell is None else f"'{cell}'" for cell in row) + ")" for row in rows)
            self.query(f"INSERT INTO {table} ({columns}) VALUES {values}")

    def apply(self, path, *more, expect=0):
        return self.weft("apply", "--database", self.base, "--plan", path, "--yes", *more, expect=expect)

    def query(self, sql):
        return self.server.query(sql)

    def refuses(self, sql):
        try:
            self.query(sql)
        except AssertionError:
            return
        raise AssertionError(f"went in: {sql}")

    def same(self, found, wanted):
        # The digest of a plan has estimates in it, which a server makes anew when it likes.
        found, wanted = ([line for line in lines if not re.match(r"plan\trun\t|INSERT INTO .weft_ledger. VALUES \('plan'", line)]
                         for lines in (found, wanted))
        assert found == wanted, "\n".join(sorted(set(found) ^ set(wanted)))[:2000]


def owners(case):
    """Each row belongs to whom the rules say."""
    assert case.query("SELECT DISTINCT chat, tenant_id, agent_id FROM message WHERE tenant_id <> 'default'") == \
        [["s1", "acme", "mai"]]
    assert case.query("SELECT stream_id, tenant_id FROM stream WHERE tenant_id <> 'default' ORDER BY 1 DESC") == \
        [["s1", "acme"], ["s,2", 'it\'s "quoted"']]
    assert case.query("SELECT word, tenant_id, agent_id, coalesce(chat_id, 'NONE') FROM word ORDER BY id") == [
        ["all", "acme", "of qq", "NONE"], ["some", "default", "nobody", "NONE"],
        ["few", 'it\'s "quoted"', "of qq", "s,2"], ["none", "default", "of qq", "s3"]]


def there_and_back(case):
    """Through switch all rows have owners, and a rollback leaves the database as it was; each time."""
    before = case.server.dump()
    path = case.plan()[1]
    case.apply(path)
    owners(case)
    after = case.server.dump()
    case.apply(path, "--no-backup")
    case.same(case.server.dump(), after)
    case.weft("rollback", "--database", case.base, "--yes")
    case.same(case.server.dump(), before)
    case.apply(path, "--no-backup")
    case.same(case.server.dump(), after)


def verification_reads_each_table_once(case):
    """By the server's own count: scans of a table, or rows that were read of it."""
    is_postgresql = case.server.engine == "postgresql"
    count = ("SELECT relname, seq_scan + coalesce(idx_scan, 0) FROM pg_stat_user_tables" if is_postgresql else
             "SELECT table_name, rows_read FROM information_schema.table_statistics WHERE table_schema = 'bot'")
    path = case.plan()[1]
    case.apply(path, "--phase", "backfill", "--no-backup")
    if not is_postgresql:
        case.server.query("SET GLOBAL userstat = 1", user="root")
    ask = case.query if is_postgresql else lambda sql: case.server.query(sql, user="root")
    before = {name: int(number) for name, number in ask(count)}
    case.apply(path, "--phase", "verify", "--no-backup")
    after = {name: int(number) for name, number in ask(count)}
    if not is_postgresql:
        case.server.query("SET GLOBAL userstat = 0", user="root")
    for table, rows in (("message", 3000), ("stream", 50), ("word", 4)):
        found = after.get(table, 0) - before.get(table, 0)
        assert 0 < found <= (1 if is_postgresql else rows + 1), (table, before, after)


def what_a_stopped_run_left(case):
    """An index that is not finished, which PostgreSQL keeps and calls invalid, or a step that is half done: the run that
    goes on ends like one that never stopped."""
    path, steps = case.plan()[1:]
    switch = [step for step in steps if step["phase"] == "switch"]
    halves = [step for step in steps if step["phase"] == "contract" and step["id"].endswith("unique")]
    assert len(switch) > 3 and len(halves) == 2, steps
    case.apply(path, "--contract", "--no-backup")
    wanted = case.server.dump()
    case.make()
    path = case.plan()[1]
    case.apply(path, "--phase", "verify", "--no-backup")
    if case.server.engine == "postgresql":
        for step in switch:
            name = step["sql"][-1].split('"')[1]
            case.refuses(f"CREATE UNIQUE INDEX CONCURRENTLY {name} ON {step['table']} (agent_id)")  # many rows have one
    case.apply(path, "--no-backup")
    assert case.server.engine != "postgresql" or case.query("SELECT * FROM pg_index WHERE NOT indisvalid") == []
    for step in halves:
        case.query(";".join(step["sql"][:-1]))
    case.apply(path, "--contract", "--no-backup")
    case.same(case.server.dump(), wanted)


def rows_of_the_old_program(case):
    """What the old program adds between the phases has its owner in the end."""
    late = "SELECT tenant_id, agent_id, text FROM message WHERE id > 3000 ORDER BY id"
    path = case.plan()[1]
    case.apply(path, "--phase", "expand", "--no-backup")
    case.query("INSERT INTO message (chat, text) VALUES ('s1', 'late'), ('nowhere', 'lost')")
    assert case.query(late) == [["", "mai", "late"], ["default", "mai", "lost"]], case.query(late)
    case.apply(path, "--no-backup")
    case.query("INSERT INTO stream (stream_id, platform) VALUES ('new', 'qq')")
    case.query("INSERT INTO message (chat, text) VALUES ('s1', 'later'), ('new', 'latest')")
    assert case.query(late) == [["acme", "mai", "late"], ["default", "mai", "lost"], ["acme", "mai", "later"],
                                ["default", "mai", "latest"]], case.query(late)
    case.refuses("INSERT INTO word (word, tenant_id) VALUES ('few', 'other')")  # the old key still stands


def two_owners_have_the_same(case):
    """After contract a second owner may have what the first one has, nobody may have it twice, and nothing is ownerless."""
    case.apply(case.plan()[1], "--contract")
    owners(case)
    word = "INSERT INTO word (word, tenant_id, agent_id) VALUES ('few', 'other', 'of qq')"
    stream = "INSERT INTO stream (stream_id, platform, tenant_id, agent_id) VALUES ('s1', 'qq', '%s', 'mai')"
    case.query(word)
    case.query(stream % "other")
    case.refuses(word)
    case.refuses(stream % "acme")
    case.refuses("INSERT INTO stream (stream_id, platform) VALUES ('s99', 'qq')")
    done, _, steps = case.plan()
    assert steps == [] and "Nothing to do." in done.stdout, (steps, done.stdout)


def each_phase_leaves_less(case):
    """A plan that is made again after each phase has only what is still to do."""
    for phase in run_plan.PHASES:
        path, steps = case.plan()[1:]
        passed = set(run_plan.PHASES[:run_plan.PHASES.index(phase)]) - {"backfill", "verify"}
        assert not passed & {step["phase"] for step in steps}, (phase, [step["id"] for step in steps])
        case.apply(path, "--no-backup", *(["--contract"] if phase == "contract" else ["--phase", phase]))
        case.query("DROP TABLE weft_ledger")
        case.environment["XDG_STATE_HOME"] += "-next"  # a new record
    assert case.plan()[2] == []


def killed_at(case, point, path, *more):
    """weft dies at its POINT-th message to the server; False when it ended before."""
    case.environment.update(LD_PRELOAD=case.options.fault, FAULT_ONLY="send", FAULT_KIND="kill", FAULT_POINT=str(point))
    done = case.apply(path, "--no-backup", *more, expect=None)
    for name in ("LD_PRELOAD", "FAULT_ONLY", "FAULT_KIND", "FAULT_POINT"):
        del case.environment[name]
    assert done.returncode in (0, -9), (point, done.stderr)
    return done.returncode != 0


def killed_on_the_way(case):
    """Whatever message weft died at, the next run ends like one that did not die, and a rollback leaves nothing."""
    before, path = case.server.dump(), case.plan()[1]
    case.apply(path, "--no-backup")
    after, point = case.server.dump(), 1
    case.weft("rollback", "--database", case.base, "--yes")
    while killed_at(case, point, path):
        if point // case.options.every % 2 == 0:
            case.apply(path, "--no-backup")
            case.same(case.server.dump(), after)
        done = case.weft("rollback", "--database", case.base, "--yes", expect=None)
        assert done.returncode == 0 or "nothing to take back" in done.stderr, (point, done.stderr)
        case.same(case.server.dump(), before)
        case.make()  # MariaDB keeps room for columns that are gone, and a row has only so much
        point += case.options.every
    print(f"     killed at {point // case.options.every} messages of {point}")


def killed_in_contract(case):
    """The same for the last phase, which only goes on."""
    case.apply(case.plan()[1], "--no-backup", "--contract")
    after, point = case.server.dump(), 1
    while True:
        case.make()
        case.environment["XDG_STATE_HOME"] += "-"  # a new record
        path = case.plan()[1]
        case.apply(path, "--no-backup")
        if not killed_at(case, point, path, "--contract"):
            break
        case.apply(path, "--no-backup", "--contract")
        case.same(case.server.dump(), after)
        point += case.options.every
    print(f"     killed at {point // case.options.every} messages of {point}")


CASES = [there_and_back, verification_reads_each_table_once, what_a_stopped_run_left, rows_of_the_old_program, two_owners_have_the_same, each_phase_leaves_less]
FAULTS = [killed_on_the_way, killed_in_contract]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weft", required=True, type=os.path.abspath)
    parser.add_argument("--fault", type=os.path.abspath)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--engine", choices=sorted(TYPES))
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    for kind in (servers.PostgreSQL, servers.MariaDB):
        if options.engine not in (None, kind.engine):
            continue
        with kind() as server:
            for case in CASES + (FAULTS if options.fault else []):
                if options.names and case.__name__ not in options.names:
                    continue
                with tempfile.TemporaryDirectory() as folder:
                    case(Case(options, folder, server))
                print("ok  ", kind.engine, case.__name__, flush=True)


if __name__ == "__main__":
    sys.exit(main())
