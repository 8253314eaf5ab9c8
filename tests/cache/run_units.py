#!/usr/bin/python3
"""What libclang said of a unit is kept by all that the unit read, and never changes an answer.
`run_units.py --weft build/release/weft --fixture fixtures/shelf NAME` tries

    what-a-unit-reads       texts, commands, files that are looked for and not there yet, links, the environment: each is changed
                            and changed back, and the answer is that of a run without the cache
    random-edits            by seed
    damage                  entries with bits turned over, cut short and swapped
    a-writer-that-is-killed what it leaves is no entry
"""
import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from run_cache import Bench, Failure, expect, turn_over

SKIPPED = 77
VARIANTS = {"plain": ["-Ifirst", "-Isecond"], "expiry": ["-DWITH_EXPIRY", "-Ifirst", "-Isecond"]}
LATER = """
/* __has_include in a comment (or alone) asks for nothing */
#ifdef __has_include
#endif
#include <feature.h>
#define WHICH <computed.h>
#include WHICH
#if __has_include("later.h")
#include "later.h"
#endif
#if __has_include(<ambient.h>)
#include <ambient.h>
#endif
"""


class Units(Bench):
    """The daemon, compiled in two ways, which looks for files in several folders."""

    def __init__(self, weft, work, source):
        super().__init__(weft, work, source)
        for folder in ("first", "second", "elsewhere"):
            (self.tree / folder).mkdir()
        (self.tree / "second/feature.h").write_text("int feature(int from);\n")
        (self.tree / "second/computed.h").write_text("#define COMPUTED 1\n")
        (self.tree / "log.c").write_text(LATER + (self.tree / "log.c").read_text())
        self.commands([])
        self.more = {}

    def commands(self, flags, name="*.c"):
        for variant, own in VARIANTS.items():
            units = [{"directory": ".", "file": f.name,
                      "arguments": ["cc", *own, *(flags if f.match(name) else []), "-c", f.name]}
                     for f in sorted(self.tree.glob("*.c"))]
            (self.tree / f"{variant}.json").write_text(json.dumps(units))

    def bundle(self):
        files = [path for path in self.entries() if path.parent.name == "facts"]
        return [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in files]

    def compare(self, what):
        """The same bytes: all anew, with what there is, with what that kept, and with the facts of files and units alone."""
        time.sleep(0.03)  # what is written while a unit is parsed is not kept: the clock of files has coarse ticks
        good = self.run("diff", "-v", "--no-cache", **self.more)
        expect(self.run("diff", "-v", **self.more) == good, f"{what}: another answer, at first")
        kept = self.bundle()
        expect(self.run("diff", "-v", **self.more) == good, f"{what}: another answer, warm")
        self.forget("solved", "text")
        expect(self.run("diff", "-v", "-j", "2", **self.more) == good, f"{what}: another answer, of units alone")
        expect(self.bundle() == kept, f"{what}: a unit was parsed again")
        expect(any(path.parent.name == "solved" for path in self.entries()) or good[0] != 0, f"{what}: not all is kept")
        return good


def changes(bench):
    """What is changed, and how. Each ends as it began, so that what was there is known again."""
    tree = bench.tree

    def write(path, text):
        return lambda: (tree / path).write_text(text)

    def edit(path, old, new):
        text = (tree / path).read_text()
        expect(old in text, f"the fixture has another text: {path} lacks {old}")
        return lambda: (tree / path).write_text(text.replace(old, new, 1)), lambda: (tree / path).write_text(text)

    def gone(path):
        return lambda: (tree / path).unlink()

    def link(path, target):
        def make():
            (tree / path).unlink(missing_ok=True)
            (tree / path).symlink_to(target)
        return make

    bare = "static inline int bare(void) { return log_level; }\n"
    yield "a text", *edit("store.c", "\n#include", "\n/* more */\n#include")
    yield "a header", *edit("store.h", "#endif", "int more(int);\n#endif")
    yield "a header that moves", *edit("shelf.h", "struct shelf {", "\n\n\nstruct shelf {")
    yield "a unit without a header", *edit("command.c", '#include "log.h"\n', "")
    yield "a file in front of another", write("first/feature.h", "long feature(long from);\n"), gone("first/feature.h")
    yield "the same beside the text", write("feature.h", "long feature(long from);\n"), gone("feature.h")
    yield "a file that is asked for", write("later.h", "#include \"log.h\"\n" + bare), gone("later.h")
    yield "one that does not parse", write("later.h", "int later(\n"), gone("later.h")
    yield "a folder of that name", lambda: (tree / "later.h").mkdir(), lambda: (tree / "later.h").rmdir()
    yield "a file that a macro names", write("first/computed.h", "#define COMPUTED 2\n"), gone("first/computed.h")
    yield "a command", lambda: bench.commands(["-DMORE"]), lambda: bench.commands([])
    yield "a command of one unit", lambda: bench.commands(["-DMORE"], "stats.c"), lambda: bench.commands([])
    (tree / "flags.rsp").write_text("-DMORE")
    bench.commands(["@flags.rsp"])
    yield "a response file", write("flags.rsp", "-DLESS"), write("flags.rsp", "-DMORE")
    (tree / "forced.h").write_text("#define FORCED 1\n")
    bench.commands(["-include", "forced.h"])
    yield "a file that a command includes", write("forced.h", "#define FORCED 2\nint forced(void);\n"), \
        write("forced.h", "#define FORCED 1\n")
    bench.commands([])
    (tree / "elsewhere/ambient.h").write_text("int ambient(void);\n")
    yield "the environment", lambda: bench.more.update(CPATH=str(tree / "elsewhere")), bench.more.clear
    bench.more["CPATH"] = str(tree / "elsewhere")
    yield "a file of the environment", write("elsewhere/ambient.h", "long ambient(void);\n"), \
        write("elsewhere/ambient.h", "int ambient(void);\n")
    bench.more.clear()
    (tree / "one.h").write_text("#define LINKED 1\n")
    (tree / "two.h").write_text("#define LINKED 1\n")
    (tree / "later.h").symlink_to("one.h")
    yield "a link", link("later.h", "two.h"), link("later.h", "one.h")
    (tree / "later.h").unlink()
    yield "a file that is missing", *edit("stats.c", "\n#include", "\n#include \"missing.h\"\n#include")
    edit("stats.c", "\n#include", "\n#include \"missing.h\"\n#include")[0]()
    yield "one that comes", write("second/missing.h", "#define MISSING 1\n"), gone("second/missing.h")
    for name in ("#define WHERE \"nowhere.h\"\n#include WHERE\n", "#if __has_include(WHERE)\n#endif\n"):
        old, new = edit("stats.c", "#include \"missing.h\"\n", name)
        old()
        (tree / "nowhere.h").write_text("\n")
        time.sleep(0.03)
        good = bench.run("diff", "-v", "--no-cache")
        for _ in range(2):
            expect(bench.run("diff", "-v") == good, "another answer where a macro names a file that is asked for")
        (tree / "nowhere.h").unlink()
        good = bench.run("diff", "-v", "--no-cache")
        expect(bench.run("diff", "-v") == good, "another answer where a macro names a file that is gone")
        new()


def what_a_unit_reads(options, work):
    bench = Units(options.weft, work, options.fixture)
    first = bench.compare("at first")
    expect(first[1], "the fixture does not change")
    for number, (what, change, back) in enumerate(changes(bench)):
        if number % options.every:
            continue
        bench.forget("facts", "solved", "text")  # what was not of use for some runs goes
        before = bench.compare(f"before {what}")
        change()
        bench.compare(what)
        back()
        kept = bench.bundle()
        time.sleep(0.03)
        expect(bench.run("diff", "-v", **bench.more) == before, f"another answer after {what} was changed back")
        expect(bench.bundle() == kept, f"something is parsed again after {what} was changed back")


def random_edits(options, work):
    bench, source = Units(options.weft, work, options.fixture), random.Random(19)
    files = sorted(bench.tree.glob("*.[ch]"))
    for turn in range(25 // options.every):
        path = source.choice(files)
        lines = path.read_text().split("\n")
        includes = [i for i, line in enumerate(lines) if line.startswith("#include \"")]
        way = source.randrange(4)
        if way == 0:
            lines.insert(0, "/* " + "x" * source.randrange(40) + " */")
        elif way == 1:
            lines.append(f"extern int added_{turn}(int);")
        elif way == 2 and len(includes) > 1:
            lines.append(lines.pop(source.choice(includes)))  # what comes in between misses it
        else:
            lines.append(f"#include \"{source.choice([f.name for f in files if f.suffix == '.h'])}\"")
        path.write_text("\n".join(lines))
        bench.compare(f"turn {turn}, {path.name}")


def damage(options, work):
    bench, source = Units(options.weft, work, options.fixture), random.Random(5)
    good = bench.compare("at first")
    bench.forget("solved", "text")
    [bundle] = bench.entries()
    data = bundle.read_bytes()
    ways = (lambda: turn_over(source, data), lambda: data[:source.randrange(len(data))], lambda: data + data,
            lambda: bytes(len(data)))
    for turn in range(40 // options.every):
        bundle.write_bytes(source.choice(ways)())
        for _ in range(2):
            expect(bench.run("diff", "-v") == good, f"another answer with damage, turn {turn}")
            bench.forget("solved", "text")


def a_writer_that_is_killed(options, work):
    bench, source = Units(options.weft, work, options.fixture), random.Random(3)
    good = bench.run("diff", "-v", "--no-cache")
    for _ in range(12 // options.every):
        bench.forget("facts", "solved", "text")
        process = subprocess.Popen([options.weft, "diff", "-v"], cwd=bench.tree, env=bench.environment(),
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(source.random() * 0.8)
        process.kill()
        process.wait()
        expect(bench.run("diff", "-v") == good, "another answer after a run that was killed")


SCENARIOS = {f.__name__.replace("_", "-"): f for f in (what_a_unit_reads, random_edits, damage, a_writer_that_is_killed)}


def main():
    parser = argparse.ArgumentParser(description="what is kept of units never changes an answer")
    parser.add_argument("--weft", required=True)
    parser.add_argument("--fixture", required=True)
    parser.add_argument("--every", type=int, default=1, help="only each N-th change, damage or kill")
    parser.add_argument("scenario")
    options = parser.parse_args()
    options.weft = str(Path(options.weft).resolve())
    options.fixture = Path(options.fixture).resolve()
    with tempfile.TemporaryDirectory(prefix="weft-units-") as work:
        (Path(work) / "try").mkdir()
        _, _, said = Units(options.weft, Path(work).resolve() / "try", options.fixture).run("diff", "--no-cache")
        if b"error[E906]" in said:
            print("skipped: there is no libclang")
            sys.exit(SKIPPED)
        try:
            (Path(work) / "work").mkdir()
            SCENARIOS[options.scenario](options, Path(work).resolve() / "work")
        except Failure as failure:
            sys.exit(f"run_units.py: {options.scenario}: {failure}")


if __name__ == "__main__":
    main()
