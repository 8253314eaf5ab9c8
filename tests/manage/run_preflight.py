#!/usr/bin/python3
"""`weft preflight`: each answer for a tree or a database that is in the way, and the way out. `run_preflight.py --weft PROGRAM`"""
import argparse
import json
import os
import sqlite3
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from bot import Bot  # noqa: E402


def ask(bot, *words, expect=0, **environment):
    """Answers by question; what is no pass has a remedy."""
    root = json.loads(bot.run("preflight", "--format", "json", *words, expect=expect, **environment).stdout)
    for check in root["checks"]:
        assert (check["remedy"] is None) == (check["status"] == "pass"), check
    assert root["counts"]["fail"] == sum(check["status"] == "fail" for check in root["checks"])
    return {check["id"]: check for check in root["checks"]}


def write(bot, name, text):
    with open(os.path.join(bot.root, name), "w", encoding="utf-8") as file:
        file.write(text)


def nothing_in_the_way(bot):
    answers = ask(bot)
    assert {check["status"] for name, check in answers.items() if name != "dependencies"} == {"pass"}, answers
    assert list(answers) == ["python", "dependencies", "files", "tree", "schema-code", "database", "privileges", "keys",
                             "backup", "holders", "memory", "disk"]
    assert "database" in ask(bot, "--no-code") and "tree" not in ask(bot, "--no-code")
    assert "database" not in ask(bot, "--no-data") and "tree" in ask(bot, "--no-data")


def changes_without_a_commit(bot):
    write(bot, "app/apis.py", open(os.path.join(bot.root, "app/apis.py"), encoding="utf-8").read() + "\n")
    answers = ask(bot, expect=1)
    assert answers["tree"]["status"] == "fail" and "app/apis.py" in answers["tree"]["text"], answers["tree"]


def a_file_that_does_not_parse(bot):
    write(bot, "app/late.py", "def (:\n")
    assert ask(bot, expect=1)["files"]["status"] == "fail"


def a_module_that_is_not_there(bot):
    write(bot, "app/late.py", "import no_such_module_at_all.part\nimport json\n\ntry:\n    import optional_one\nexcept ImportError:\n    pass\n")
    answer = ask(bot)["dependencies"]
    assert answer["status"] == "warn" and "no_such_module_at_all" in answer["text"], answer
    assert "json" not in answer["text"] and "optional_one" not in answer["text"], answer
    ask(bot, "--strict", expect=1)


def importing_runs_nothing(bot):
    """A module of the tree's folder, or one that the tree imports, is looked for by its name only."""
    write(bot, "app/late.py", "import this_would_run\n")
    write(bot, "this_would_run.py", f"open({os.path.join(bot.folder, 'ran')!r}, 'w')\n")
    ask(bot, PYTHONPATH=bot.root)
    assert not os.path.exists(os.path.join(bot.folder, "ran"))


def no_python(bot):
    answers = ask(bot, PATH=bot.folder)
    assert answers["python"]["status"] == answers["dependencies"]["status"] == "unknown", answers
    ask(bot, "--strict", expect=1, PATH=bot.folder)


def no_database(bot):
    os.remove(bot.base)
    answers = ask(bot, expect=1)
    assert answers["database"]["status"] == "fail" and "holders" not in answers, answers


def no_database_at_all(bot):
    write(bot, "bot.db", "not a database, but a file of more than a hundred bytes, so that it is read as one" * 3)
    assert ask(bot, expect=1)["database"]["status"] == "fail"


def somebody_has_it_open(bot):
    base = sqlite3.connect(bot.base)
    base.execute("SELECT count(*) FROM message").fetchone()
    answer = ask(bot)["holders"]
    base.close()
    assert answer["status"] == "warn" and str(os.getpid()) in answer["text"], answer


def code_that_drops_columns(bot):
    write(bot, "app/late.py", "def start(db):\n    db.execute_sql(\"ALTER TABLE message DROP COLUMN tenant_id\")\n")
    assert ask(bot)["schema-code"]["status"] == "warn"


def a_server_that_is_away(bot):
    answers = ask(bot, "--database", "postgresql://127.0.0.1:1/bot", expect=1)
    assert answers["database"]["status"] == "fail", answers["database"]


CASES = [nothing_in_the_way, changes_without_a_commit, a_file_that_does_not_parse, a_module_that_is_not_there,
         importing_runs_nothing, no_python, no_database, no_database_at_all, somebody_has_it_open, code_that_drops_columns,
         a_server_that_is_away]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weft", required=True)
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        for index, case in enumerate(CASES if not options.names else [globals()[name] for name in options.names]):
            case(Bot(os.path.abspath(options.weft), os.path.join(scratch, str(index)), messages=5))
            print(f"ok   {case.__name__}", flush=True)


if __name__ == "__main__":
    main()
