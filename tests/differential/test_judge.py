"""The judge finds what it is for: a program that does not say the same any more, a leak, a refusal."""
import os
import stat
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import state_folder  # noqa: F401

import judge
import reduce
from program import Program, Step, recipe_of

# Stands for weft: `apply` runs a line of shell in the tree, `report` says that all is isolated.
FAKE = """#!/bin/sh
case $1 in
report) echo '{"file_analyses": []}' ;;
apply) while [ "$1" != -C ]; do shift; done; cd "$2" && %s ;;
esac
"""
RECIPE = [Step(0, "reads", 0, 0.3), Step(1, "closure", 1, 0.3), Step(2, "memo", 0, 0.9)]


class JudgeTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="weft-differential-")
        self.addCleanup(self.folder.cleanup)

    def check(self, apply, ways):
        fake = Path(self.folder.name) / "weft"
        fake.write_text(FAKE % apply, encoding="utf-8")
        fake.chmod(fake.stat().st_mode | stat.S_IXUSR)
        judged = judge.Judge(str(fake), os.path.join(self.folder.name, "work"))
        self.addCleanup(judged.runner.stop)
        program = Program(RECIPE)
        return [failure[:2] for failure in judged.check(program.files, program.below, ways)]

    def test_no_change_is_no_failure(self):
        self.assertEqual(self.check("true", ("hybrid", "again")), [])

    def test_another_value(self):
        found = self.check("sed -i 's/owner}/owner}x/' app/config.py", ("hybrid",))
        self.assertEqual(found, [("hybrid", "f0 has another value")])

    def test_an_exception(self):
        found = self.check("sed -i 's/def inner(key)/def inner(key, *, more)/' app/m1.py", ("required",))
        self.assertEqual(found, [("required", "f1 TypeError")])

    def test_a_module_that_does_not_load(self):
        found = self.check("echo 'import nowhere' >> app/m0.py", ("hybrid",))
        self.assertEqual(found, [("hybrid", "exit status 1 ModuleNotFoundError")])

    def test_a_refusal(self):
        self.assertEqual(self.check("exit 2", ("hybrid",)), [("hybrid", "exit 2 ")])

    def test_a_leak(self):
        self.assertEqual(self.check("true", ("hybrid", "tenants")), [("tenants", "f0 is isolated and leaks")])

    def test_a_program_that_does_not_end(self):
        judge.execute.SECONDS, before = 2, judge.execute.SECONDS
        self.addCleanup(setattr, judge.execute, "SECONDS", before)
        found = self.check("echo 'while True: pass' >> app/m0.py", ("hybrid",))
        self.assertEqual(found[0][1].split()[:2], ["exit", "status"])


class ReduceTest(unittest.TestCase):
    def test_steps_go(self):
        recipe = recipe_of(3)
        wanted = recipe[-1].number
        small = reduce.reduce_recipe(recipe, lambda program: any(s.number == wanted for s in program.recipe))
        self.assertEqual([step.number for step in small], [0, wanted])

    def test_statements_go(self):
        files = {"app/m0.py": "import os\n\n\ndef f():\n    a = 1\n    if a:\n        return a\n    return 2\n"}
        small = reduce.reduce_files(files, lambda files: "return a" in files["app/m0.py"])
        self.assertEqual(small["app/m0.py"].split(), "def f(): if a: return a".split())


if __name__ == "__main__":
    unittest.main()
