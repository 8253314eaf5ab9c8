"""What the standard library calls, and callers that are no plain calls: doctests, mocks, test cases."""
from features import feature


@feature
def doctest(b):
    b.need("import doctest")
    b.write("""
        def shown$n(key):
            '''Say it.

            >>> len(shown$n("doc")) > 3
            True
            '''
            return "shown" + $a(key)


        def $f(key):
            finder = doctest.DocTestFinder()
            runner = doctest.DocTestRunner(verbose=False)
            for test in finder.find(shown$n, "shown$n", globs=dict(globals())):
                runner.run(test, out=lambda text: None)
            return shown$n(key) + str(runner.failures)
        """, a=b.use())


@feature
def mock_by_string(b):
    b.need("from unittest import mock")
    b.write("""
        def real$n(key):
            return "real" + $a(key)


        def user$n(key):
            return real$n(key)


        def $f(key):
            with mock.patch(__name__ + ".real$n", return_value="fake") as fake:
                text = user$n(key)
            return text + user$n(key) + str(fake.call_count)
        """, a=b.use())


@feature
def fake_class(b):
    b.write("""
        class Api$n:
            def send(self, key):
                return "api" + $a(key)


        class FakeApi$n:
            def send(self, key):
                return "fake" + key


        def use$n(api, key):
            return api.send(key)


        def $f(key):
            return use$n(Api$n(), key) + use$n(FakeApi$n(), key)
        """, a=b.use())


@feature
def test_case(b):
    b.need("import io")
    b.need("import unittest")
    b.write("""
        class Case$n(unittest.TestCase):
            def setUp(self):
                self.text = $a("case")

            def test_text(self):
                self.assertEqual(self.text, $a("case"))


        def $f(key):
            suite = unittest.defaultTestLoader.loadTestsFromTestCase(Case$n)
            result = unittest.TextTestRunner(stream=io.StringIO()).run(suite)
            return f"{result.testsRun}{len(result.errors)}{len(result.failures)}" + key
        """, a=b.use())


@feature
def json_hooks(b):
    b.need("import json")
    b.write("""
        class Encoder$n(json.JSONEncoder):
            def default(self, value):
                return $a(str(value))


        def $f(key):
            one = json.dumps({key}, cls=Encoder$n)[:4]
            return one + json.dumps(object, default=lambda value: $b(key))
        """, a=b.use(), b=b.use())


@feature
def logging_filter(b):
    b.need("import logging")
    b.write("""
        class Named$n(logging.Formatter):
            def format(self, record):
                return $a(record.getMessage())


        def $f(key):
            record = logging.LogRecord("n", 10, "p", 1, "%s", (key,), None)
            return Named$n().format(record)
        """, a=b.use())


@feature
def arguments_parser(b):
    b.need("import argparse")
    b.write("""
        def command$n(options):
            return $a(options.key)


        def $f(key):
            parser = argparse.ArgumentParser()
            parser.add_argument("key", type=lambda text: text + "t")
            parser.set_defaults(run=command$n)
            options = parser.parse_args([key])
            return options.run(options)
        """, a=b.use())


@feature
def default_factory(b):
    b.need("import collections")
    b.write("""
        def empty$n():
            return $a("empty")


        def $f(key):
            table = collections.defaultdict(empty$n)
            return table[key] + table[key]
        """, a=b.use())


@feature
def method_caller(b):
    b.need("import operator")
    b.write("""
        class Asked$n:
            def run(self, key):
                return $a(key)


        def $f(key):
            return operator.methodcaller("run", key)(Asked$n()) + operator.attrgetter("run")(Asked$n())(key)
        """, a=b.use())


@feature
def sentinel_iterator(b):
    b.write("""
        def $f(key):
            keys = [key, "stop"]

            def pull():
                text = keys.pop(0)
                return $a(text) if text != "stop" else None
            return "".join(iter(pull, None))
        """, a=b.use())


@feature
def finalizer(b):
    b.need("import weakref")
    b.write("""
        class Dropped$n:
            pass


        def $f(key):
            out = []

            def gone():
                out.append($a(key))
            dropped = Dropped$n()
            weakref.finalize(dropped, gone)
            del dropped
            return "".join(out)
        """, a=b.use())


@feature
def signature_read(b):
    b.need("import inspect")
    b.write("""
        def handler$n(key, extra="e"):
            return $a(key) + extra


        def inject$n(work, **known):
            wanted = inspect.signature(work).parameters
            return work(**{name: value for name, value in known.items() if name in wanted})


        def $f(key):
            return inject$n(handler$n, key=key, unknown=1)
        """, a=b.use())


@feature
def template(b):
    b.need("import string")
    b.write("""
        class Words$n(dict):
            def __missing__(self, key):
                return $a(key)


        def $f(key):
            return string.Template("$${one} $${two}").substitute(Words$n(one=key))
        """, a=b.use())
