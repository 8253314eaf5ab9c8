#!/usr/bin/env python3
"""count.py and database.py on a repository that is made here: what is counted, and what is not."""
import io
import os
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import count  # noqa: E402
import database  # noqa: E402

BEFORE = """
static int one(int a) { return a; }
static int two(int a)
{
	return one(a) + one(2);
}
/* int gone(int a) { } */
static int three(int used)
{
	if (two(used))
		return two(1);
	return one(3);
}
int moved(void)
{
	return 1;
}
"""
HAND = """
static int one(struct s *s, int a) { return a; }
static int two(struct s *s, int a)
{
	return one(s, a) + one(s, 2);
}
static int three(int number)
{
	if (two(the_s, number))
		return two(the_s, 1);
	return one(the_s, 3);
}
"""
MOVED = "int moved(void)\n{\n\treturn 1;\n}\n"
WEFT = """
static int one(struct s *s, int a) { return a; }
static int s_two(struct s *s UNUSED, int a)
{
	return one(s, a) + one(the_s, 2);
}
static int three(int used)
{
	if (s_two(the_s, used))
		return s_two(the_s, 1);
	return one(the_s, 3);
}
int moved(struct s *s)
{
	return 1;
}
"""


def git(folder, *arguments):
    subprocess.run(["git", "-C", folder, "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments],
                   check=True, capture_output=True)


class Counted(unittest.TestCase):
    def setUp(self):
        self.work = tempfile.TemporaryDirectory()
        self.tree = self.work.name
        git(self.tree, "init", "-q")
        for texts in ({"a.c": BEFORE}, {"a.c": HAND, "b.c": MOVED}):
            for name, text in texts.items():
                with open(os.path.join(self.tree, name), "w") as file:
                    file.write(text)
            git(self.tree, "add", "-A")
            git(self.tree, "commit", "-qm", "x")
        git(self.tree, "checkout", "-q", "HEAD^")
        with open(os.path.join(self.tree, "a.c"), "w") as file:
            file.write(WEFT)

    def tearDown(self):
        self.work.cleanup()

    def compare(self, **options):
        hand = subprocess.run(["git", "-C", self.tree, "rev-list", "--all", "-n1"], capture_output=True, text=True).stdout
        return count.compare(self.tree, "HEAD", hand.strip(), self.tree, **options)

    def test_functions(self):
        result = self.compare(rename="s_{name}")
        self.assertEqual(result["hand"], ["a.c: one", "a.c: three", "a.c: two"])  # moved is as it was
        self.assertEqual(result["both"], ["a.c: one", "a.c: two"])  # the mark and the name do not count
        self.assertEqual(result["missed"], ["a.c: three"])
        self.assertEqual(result["extra"], ["a.c: moved"])

    def test_name(self):
        self.assertEqual(self.compare()["both"], ["a.c: one"])  # nobody said what it is called

    def test_apart(self):
        result = self.compare(rename="s_{name}", apart=["three"])
        self.assertEqual((result["hand"], result["missed"]), (["a.c: one", "a.c: two"], []))
        self.assertEqual(result["apart"], ["a.c: three"])

    def test_calls(self):
        result = self.compare(rename="s_{name}", apart=["three"])
        self.assertEqual(result["calls"], 5)
        self.assertEqual(result["calls_same"], 2)  # one(s, a) and one(the_s, 3)
        self.assertIn("a.c: one(s,2)", result["calls_other"])


class Commands(unittest.TestCase):
    def units(self, text, *added):
        return database.database(io.StringIO(text), "/top", list(added))

    def test_lines(self):
        units = self.units("echo CC a.o; gcc -O2 -MMD -MF a.d -o a.o -c a.c\n"
                           "gcc -c a.c\nld a.o\nmake[1]: Entering directory '/top/lib'\n"
                           "ccache cc '-DNAME=\"x y\"' -c b.c && true\nmake[1]: Leaving directory '/top/lib'\ncc -c c.c d.c\n",
                           "-DTEST")
        self.assertEqual([(u["directory"], u["file"]) for u in units], [("/top", "a.c"), ("/top/lib", "b.c")])
        self.assertEqual(units[0]["arguments"], ["gcc", "-DTEST", "-O2", "-o", "a.o", "-c", "a.c"])
        self.assertEqual(units[1]["arguments"][2], '-DNAME="x y"')


if __name__ == "__main__":
    unittest.main()
