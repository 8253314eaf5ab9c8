"""More of what the standard library calls back."""
from features import feature


@feature
def iteration_tools(b):
    b.need("import itertools")
    b.write("""
        def join$n(left, right):
            return left + $a(right)


        def $f(key):
            pairs = itertools.starmap(join$n, [(key, "s"), ("t", key)])
            total = itertools.accumulate(key, lambda left, right: left + $b(right))
            groups = itertools.groupby(key, key=lambda c: $a(c))
            kept = itertools.filterfalse(lambda c: not $b(c), key)
            return "".join(pairs) + list(total)[-1] + "".join(name for name, _ in groups) + "".join(kept)
        """, a=b.use(), b=b.use())


@feature
def scheduler(b):
    b.need("import sched")
    b.write("""
        def job$n(key, out):
            out.append($a(key))


        def $f(key):
            out, jobs = [], sched.scheduler(lambda: 0, lambda seconds: None)
            jobs.enter(0, 1, job$n, (key, out))
            jobs.enter(0, 2, job$n, argument=("s",), kwargs={"out": out})
            jobs.run()
            return "".join(out)
        """, a=b.use())


@feature
def pool_as_completed(b):
    b.need("import concurrent.futures")
    b.write("""
        def load$n(key, suffix=""):
            return $a(key) + suffix


        def $f(key):
            with concurrent.futures.ThreadPoolExecutor(2) as pool:
                jobs = {pool.submit(load$n, c, suffix="s"): c for c in key}
                done = {jobs[job]: job.result() for job in concurrent.futures.as_completed(jobs)}
            return "".join(done[c] for c in key)
        """, a=b.use())


@feature
def thread_with_method(b):
    b.need("import threading")
    b.write("""
        class Loader$n:
            def __init__(self, key):
                self.key = key
                self.out = []

            def load(self, *, tail):
                self.out.append($a(self.key) + tail)

            def run(self):
                thread = threading.Thread(target=self.load, kwargs={"tail": "t"}, name="x")
                thread.start()
                thread.join()
                return "".join(self.out)


        def $f(key):
            return Loader$n(key).run()
        """, a=b.use())


@feature
def context_decorator(b):
    b.need("import contextlib")
    b.write("""
        class Timed$n(contextlib.ContextDecorator):
            def __init__(self, out):
                self.out = out

            def __enter__(self):
                self.out.append($a("in"))
                return self

            def __exit__(self, *error):
                self.out.append("out")
                return False


        def $f(key):
            out = []

            @Timed$n(out)
            def work(text):
                return $b(text)
            with Timed$n(out):
                return work(key) + "".join(out)
        """, a=b.use(), b=b.use())


@feature
def suppress_and_redirect(b):
    b.need("import contextlib")
    b.need("import io")
    b.write("""
        def prints$n(key):
            print($a(key), end="")


        def $f(key):
            with contextlib.suppress(KeyError):
                return {}[$b(key)]
            text = io.StringIO()
            print($a(key), file=text)
            return text.getvalue().strip()
        """, a=b.use(), b=b.use())


@feature
def object_hook(b):
    b.need("import json")
    b.write("""
        def hook$n(found):
            return found | {"seen": $a(found["key"])}


        class Decoder$n(json.JSONDecoder):
            def __init__(self, *args, **kwargs):
                super().__init__(object_hook=self.convert, *args, **kwargs)

            def convert(self, found):
                return {"converted": $b(found["key"])}


        def $f(key):
            text = json.dumps({"key": key})
            return str(json.loads(text, object_hook=hook$n)) + str(json.loads(text, cls=Decoder$n))
        """, a=b.use(), b=b.use())


@feature
def string_formatter(b):
    b.need("import string")
    b.write("""
        class Words$n(string.Formatter):
            def get_value(self, name, args, kwargs):
                return $a(str(name))

            def convert_field(self, value, conversion):
                return $b(value) if conversion == "z" else super().convert_field(value, conversion)


        def $f(key):
            return Words$n().format("{0} {x!z}", key)
        """, a=b.use(), b=b.use())


@feature
def html_parser(b):
    b.need("import html.parser")
    b.write("""
        class Tags$n(html.parser.HTMLParser):
            def __init__(self):
                super().__init__(convert_charrefs=True)
                self.out = []

            def handle_starttag(self, tag, attrs):
                self.out.append($a(tag))

            def handle_data(self, data):
                self.out.append($b(data))


        def $f(key):
            tags = Tags$n()
            tags.feed("<b>" + key + "</b>")
            return "".join(tags.out)
        """, a=b.use(), b=b.use())


@feature
def command_interpreter(b):
    b.need("import cmd")
    b.write("""
        class Shell$n(cmd.Cmd):
            out = ""

            def do_say(self, rest):
                self.out += $a(rest)

            def default(self, line):
                self.out += "?" + line


        def $f(key):
            shell = Shell$n()
            shell.onecmd("say " + key)
            shell.onecmd("other")
            return shell.out
        """, a=b.use())


@feature
def argument_action(b):
    b.need("import argparse")
    b.write("""
        class Upper$n(argparse.Action):
            def __call__(self, parser, namespace, values, option_string=None):
                setattr(namespace, self.dest, $a(values))


        def checked$n(text):
            return $b(text)


        def $f(key):
            parser = argparse.ArgumentParser()
            parser.add_argument("--up", action=Upper$n)
            parser.add_argument("--checked", type=checked$n)
            found = parser.parse_args(["--up", key, "--checked", key])
            return found.up + found.checked
        """, a=b.use(), b=b.use())


@feature
def logging_handler(b):
    b.need("import logging")
    b.write("""
        class Keeper$n(logging.Handler):
            def __init__(self):
                super().__init__()
                self.out = []

            def emit(self, record):
                self.out.append($a(record.getMessage()))


        def $f(key):
            logger, keeper = logging.Logger("l$n"), Keeper$n()
            logger.addHandler(keeper)
            logger.addFilter(lambda record: bool($b(key)))
            logger.warning("%s", key)
            return "".join(keeper.out)
        """, a=b.use(), b=b.use())


@feature
def patched_object(b):
    b.need("from unittest import mock")
    b.write("""
        class Api$n:
            def send(self, key):
                return $a(key)


        def fake$n(self, key):
            return "fake" + $b(key)


        def $f(key):
            api = Api$n()
            with mock.patch.object(Api$n, "send", fake$n):
                first = api.send(key)
            with mock.patch.object(api, "send", side_effect=lambda key: "side" + key):
                return first + api.send(key) + Api$n().send(key)
        """, a=b.use(), b=b.use())


@feature
def user_dictionary(b):
    b.need("import collections")
    b.write("""
        class Lower$n(collections.UserDict):
            def __setitem__(self, name, value):
                super().__setitem__($a(name), value)

            def __missing__(self, name):
                return $b(name)


        def $f(key):
            table = Lower$n(x="1")
            table[key] = "2"
            table.update(y="3")
            return "".join(sorted(table)) + table["none"] + collections.ChainMap({}, table)["other"]
        """, a=b.use(), b=b.use())


@feature
def user_mapping(b):
    b.need("from collections.abc import Mapping")
    b.write("""
        class View$n(Mapping):
            def __init__(self, data):
                self.data = data

            def __getitem__(self, name):
                return $a(self.data[name])

            def __iter__(self):
                return iter(self.data)

            def __len__(self):
                return len(self.data)


        def $f(key):
            view = View$n({"a": key})
            return view["a"] + view.get("b", "none") + "".join(view.values()) + str({**view})
        """, a=b.use())


@feature
def read_only_stream(b):
    b.need("import io")
    b.write("""
        class Loud$n(io.StringIO):
            def write(self, text):
                return super().write($a(text))


        def $f(key):
            out = Loud$n()
            print(key, "x", sep=",", end="", file=out)
            return out.getvalue()
        """, a=b.use())


@feature
def test_case_with_fixtures(b):
    b.need("import io")
    b.need("import unittest")
    b.write("""
        class Base$n(unittest.TestCase):
            @classmethod
            def setUpClass(cls):
                cls.shared = $a("class")

            def helper(self, key):
                return $b(key)


        class Case$n(Base$n):
            def setUp(self):
                self.addCleanup(self.helper, "cleanup")

            def test_one(self):
                with self.subTest(key="x"):
                    self.assertEqual(self.helper("h"), $b("h"))
                self.assertTrue(self.shared)


        def $f(key):
            suite = unittest.TestSuite([Case$n("test_one")])
            result = unittest.TextTestRunner(stream=io.StringIO()).run(suite)
            return f"{result.testsRun}{len(result.errors)}{len(result.failures)}" + key
        """, a=b.use(), b=b.use())


@feature
def pickled_with_reduce(b):
    b.need("import copy")
    b.write("""
        def rebuild$n(key):
            return Part$n(key)


        class Part$n:
            def __init__(self, key):
                self.key = key

            def __reduce__(self):
                return rebuild$n, (self.key,)

            def __deepcopy__(self, memo):
                return Part$n($a(self.key))

            def run(self):
                return $b(self.key)


        def $f(key):
            part = Part$n(key)
            return copy.copy(part).run() + copy.deepcopy([part])[0].run()
        """, a=b.use(), b=b.use())


@feature
def compare_function(b):
    b.need("import functools")
    b.write("""
        def compare$n(left, right):
            one, two = $a(left), $a(right)
            return (one > two) - (one < two)


        def $f(key):
            return "".join(sorted(key + "ba", key=functools.cmp_to_key(compare$n)))
        """, a=b.use())


@feature
def signature_bound(b):
    b.need("import inspect")
    b.write("""
        def target$n(key, *rest, tail="t"):
            return $a(key) + "".join(rest) + tail


        def call$n(work, *args, **kwargs):
            bound = inspect.signature(work).bind(*args, **kwargs)
            bound.apply_defaults()
            return work(*bound.args, **bound.kwargs)


        def $f(key):
            return call$n(target$n, key, "r") + call$n(target$n, key, tail="u")
        """, a=b.use())
