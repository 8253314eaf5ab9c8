"""Trees of one extreme shape and any size, for growth.py. Each has accesses of `settings` that get
their context from the boundary app.bot.on_message."""

import random

RULES = """\
version: 1
pack: growth
context:
  parameter: isolation_context
  type: app.isolation.IsolationContext
  dimensions: [tenant_id, chat_id]
  ambient: app.isolation.current_isolation_context
sinks:
  - id: config
    family: config_system
    symbol: app.config.settings
    replace: app.isolation.get_settings({context})
boundaries:
  - id: inbound
    function: app.bot.on_message
    origin: message
    create: "app.isolation.context_from_message({parameter:raw})"
"""
BOT = "from app.work import answer\n\n\ndef on_message(raw):\n    return answer(raw)\n"
HEAD = "from app.config import settings\n\n\n"
ANSWER = "def answer(raw):\n"

ALL = []


class Shape:
    def __init__(self, make, size, commands, options, before=None):
        self.make, self.size, self.commands, self.options, self.before = make, size, commands, options, before
        self.name = make.__name__.strip("_<>").replace("_", "-")

    def files(self, size, make=None):
        """Every file of the tree: path to text."""
        made = (make or self.make)(size)
        if "compile_commands.json" in made:
            return made
        files = {"weft.yml": RULES, "app/config.py": "settings = object()\n", "app/bot.py": BOT}
        return {**files, **(made if isinstance(made, dict) else {"app/work.py": made})}


def shape(size, *more, options=(), only=False, before=None):
    """Registers a function that makes app/work.py, or several files, of a size. MORE: commands besides
    scan and diff, or with ONLY instead of them. BEFORE makes what git's HEAD has."""

    def register(make):
        ALL.append(Shape(make, size, more if only else ("scan", "diff", *more), list(options), before))
        return make
    return register


def lines(count, text, head=HEAD + ANSWER):
    """HEAD and COUNT lines; `#` in TEXT is the number of the line."""
    return head + "".join(text.replace("#", str(i)) + "\n" for i in range(count))


def body(count, text, indent="    ", last="    return settings.x\n"):
    return lines(count, indent + text) + last


def joined(count, text, by=", "):
    return by.join(text.replace("#", str(i)) for i in range(count))


# ---- tokens and lines ----------------------------------------------------------------------------
@shape(5000)
def backslashes(n):
    "one statement continued by backslashes"
    return HEAD + ANSWER + "    return settings.x + \\\n" + "    1 + \\\n" * n + "    1\n"


@shape(20000)
def backslash_lines(n):
    "one statement with lines of nothing but a backslash"
    return HEAD + ANSWER + "    return settings.x + \\\n" + "  \\\n" * n + "    1\n"


@shape(2000)
def backslash_statements(n):
    "many statements with one backslash each"
    return body(n, "a# = raw + \\\n        settings.x")


@shape(20000)
def number_list(n):
    "a list of numbers on one line"
    return HEAD + "TABLE = [" + joined(n, "#", ",") + "]\n\n\n" + ANSWER + "    return settings.x\n"


@shape(10000)
def number_lines(n):
    "a list of numbers, one a line"
    return HEAD + "TABLE = [\n" + joined(n, "    #,", "\n") + "\n]\n\n\n" + ANSWER + "    return settings.x\n"


@shape(10000)
def negative_floats(n):
    "a tuple of tuples of signed numbers"
    return HEAD + "TABLE = (" + joined(n, "(-#.5, +1e#)", ",\n") + ")\n\n\n" + ANSWER + "    return settings.x\n"


@shape(10000)
def string_list(n):
    "a list of strings"
    return HEAD + "TABLE = [" + joined(n, '"text #"', ",") + "]\n\n\n" + ANSWER + "    return settings.x\n"


@shape(5000)
def dict_literal(n):
    "one dict of dicts"
    return (HEAD + "TABLE = {" + joined(n, '"k#": {"a": #, "b": [1, 2, #]}', ",\n") + "}\n\n\n" + ANSWER
            + "    return settings.x\n")


@shape(8000)
def string_concatenation(n):
    "implicit concatenation of strings"
    return HEAD + ANSWER + "    return (settings.x\n" + joined(n, '        "part # of it"', "\n").replace(
        '        "part 0', '        + "part 0') + ")\n"


@shape(500000)
def long_string(n):
    "one long string, and one docstring"
    long, words = "x" * n, "word\n" * (n // 5)
    return f'{HEAD}TEXT = "{long}"\n\n\n{ANSWER}    """{words}"""\n    return settings.x\n'


@shape(3000)
def f_string(n):
    "one f-string of many parts"
    return HEAD + ANSWER + '    return f"' + joined(n, "{settings.a#} text ", "") + '"\n'


@shape(3000)
def f_strings(n):
    "many f-strings"
    return body(n, 'raw(f"{settings.a#!r:>{raw.w}} x {raw.b#}")')


@shape(20000)
def comments(n):
    "comments only"
    return HEAD + ANSWER + "    # a comment of some length\n" * n + "    return settings.x\n"


@shape(20000)
def comments_between(n):
    "comments between functions, and after the last one"
    return HEAD + "# a comment of some length\n" * n + ANSWER + "    return settings.x\n" + "# more\n" * n


@shape(20000)
def blank_lines(n):
    "empty lines"
    return HEAD + ANSWER + "\n" * n + "    return settings.x\n"


@shape(10000)
def one_line(n):
    "many statements on one line"
    return HEAD + ANSWER + "    " + joined(n, "a# = settings.x", "; ") + "\n    return 1\n"


@shape(400000)
def name_long(n):
    "one long name"
    return f"{HEAD}{ANSWER}    {'n' * n} = settings.x\n    return {'n' * n}\n"


# ---- expressions ---------------------------------------------------------------------------------
@shape(5000)
def sum_of_accesses(n):
    "settings.x + settings.x + ..."
    return HEAD + ANSWER + "    return " + joined(n, "settings.x", " + ") + "\n"


@shape(5000)
def and_chain(n):
    "a and b and c ..."
    return HEAD + ANSWER + "    return " + joined(n, "settings.x#", " and ") + "\n"


@shape(5000)
def comparison_chain(n):
    "a < b < c ..."
    return HEAD + ANSWER + "    return " + joined(n, "settings.x", " < ") + "\n"


@shape(5000)
def union_type(n):
    "an annotation A | B | C ..."
    return (lines(n, "class C#: pass", HEAD) + "def answer(raw: " + joined(n, "C#", " | ")
            + "):\n    return settings.x + raw.y\n")


@shape(1500)
def attribute_chain(n):
    "a.b.c.d ..."
    return HEAD + ANSWER + "    return settings" + joined(n, ".a#", "") + "\n"


@shape(1500)
def call_chain(n):
    "a.b().c().d() ..."
    return HEAD + ANSWER + "    return settings.x" + joined(n, ".b#()", "") + "\n"


@shape(1500)
def fluent_class(n):
    "x.m().m().m() ... of a class that returns itself"
    return (HEAD + "class Q:\n    def m(self):\n        settings.x\n        return self\n\n\n" + ANSWER
            + "    return Q()" + ".m()" * n + "\n")


@shape(10000)
def arguments(n):
    "one call of many arguments"
    return HEAD + ANSWER + "    return raw(" + joined(n, "a#=settings.x") + ")\n"


@shape(5000)
def parameters(n):
    "one function of many parameters, called with all"
    return (HEAD + "def f(" + joined(n, "a#=None") + "):\n    return settings.x\n\n\n" + ANSWER
            + "    return f(" + joined(n, "a#=raw") + ")\n")


@shape(5000)
def keywords_unknown(n):
    "one function of many parameters, called with as many keywords that it does not have"
    return (HEAD + "def f(" + joined(n, "a#=None") + "):\n    return settings.x\n\n\n" + ANSWER
            + "    return f(" + joined(n, "b#=raw") + ")\n")


@shape(5000)
def star_arguments(n):
    "one call of many *a"
    return HEAD + "def f(*a):\n    return settings.x\n\n\n" + ANSWER + "    return f(" + joined(n, "*raw.a#") + ")\n"


@shape(5000)
def walruses(n):
    "a tuple of assignment expressions"
    return HEAD + ANSWER + "    return (" + joined(n, "(a# := settings.x)") + ")\n"


@shape(5000)
def targets(n):
    "a = b = c = ... = x"
    return HEAD + ANSWER + "    " + joined(n, "a#", " = ") + " = settings.x\n    return a0\n"


@shape(5000)
def tuple_targets(n):
    "a, b, c, ... = x"
    return HEAD + ANSWER + "    " + joined(n, "a#", ", ") + " = settings.x\n    return a0\n"


@shape(3000)
def comprehension_clauses(n):
    "one comprehension with many for clauses"
    return HEAD + ANSWER + "    return [settings.x" + joined(n, " for a# in raw.b#", "") + "]\n"


@shape(3000)
def comprehensions(n):
    "many comprehensions in one function"
    return body(n, "a# = [settings.x for b in raw.c# if b]")


@shape(3000)
def lambdas(n):
    "many lambdas in one function"
    return body(n, "a# = lambda b: settings.x + b")


@shape(3000)
def conditional_chain(n):
    "a if b else c if d else ..."
    return HEAD + ANSWER + "    return " + joined(n, "settings.a# if raw.b# else ", "") + "0\n"


@shape(3000)
def dispatch_table(n):
    "a dict of functions, called by key"
    return (lines(n, "def f#(raw):\n    return settings.x#\n", HEAD) + "TABLE = {" + joined(n, '"f#": f#')
            + "}\n\n\n" + ANSWER + "    return TABLE[raw](raw)\n")


# ---- nests ---------------------------------------------------------------------------------------
def nest(n, opening, closing, inner="settings.x"):
    return HEAD + ANSWER + "    return " + opening * n + inner + closing * n + "\n"


@shape(1000)
def nest_parentheses(n):
    "((((...))))"
    return nest(n, "(", ")")


@shape(400)
def nest_lists(n):
    "[[[[...]]]]"
    return nest(n, "[", "]")


@shape(400)
def nest_dicts(n):
    "{1: {1: ...}}"
    return nest(n, "{1: ", "}")


@shape(400)
def nest_tuples(n):
    "((...,),)"
    return nest(n, "(", ",)")


@shape(400)
def nest_calls(n):
    "f(f(f(...)))"
    return nest(n, "answer(", ")")


@shape(400)
def nest_subscripts(n):
    "a[a[a[...]]]"
    return nest(n, "raw[", "]")


@shape(400)
def nest_lambdas(n):
    "lambda: lambda: ..."
    return nest(n, "lambda: ", "")


@shape(100)
def nest_comprehensions(n):
    "[... for a in [... for b in ...]]"
    return nest(n, "[a for a in ", "]")


@shape(400)
def nest_not(n):
    "not not not ..."
    return nest(n, "not ", "")


@shape(400)
def nest_minus(n):
    "- - - ..."
    return nest(n, "- ", "")


@shape(400)
def nest_generic(n):
    "list[list[list[...]]]"
    return HEAD + "def answer(raw: " + "list[" * n + "int" + "]" * n + "):\n    return settings.x\n"


@shape(24)
def nest_blocks(n):
    "if inside if inside if ..."
    return HEAD + ANSWER + "".join(" " * (4 + i) + "if raw:\n" for i in range(n * 10)) + " " * (
        4 + n * 10) + "return settings.x\n"


@shape(20)
def nest_functions(n):
    "def inside def inside def ..."
    return HEAD + ANSWER + "".join(f"{' ' * (4 + i)}def f{i}():\n" for i in range(n)) + " " * (
        4 + n) + "return settings.x\n" + "".join(
            f"{' ' * (4 + i)}return f{i}()\n" for i in reversed(range(n)))


@shape(10000)
def inner_functions(n):
    "functions in one function, each called by one that stands before or after it, the first one kept"
    order = list(range(n))
    random.Random(n).shuffle(order)
    inner = "".join(f"    def f{i}():\n        settings.x\n        return f{j}()\n"
                    for i, j in zip(order, order[1:] + order[:1]))
    return HEAD + ANSWER + inner + "    raw.kept = f0\n    return raw\n"


@shape(50)
def nest_classes(n):
    "class inside class inside class ..."
    return HEAD + "".join(f"{' ' * i}class C{i}:\n" for i in range(n)) + " " * n + (
        "def f(self):\n" + " " * n + "    return settings.x\n") + ANSWER + "    return C0" + joined(
            n - 1, ".C1", "") + "().f()\n"


@shape(30)
def nest_folders(n):
    "a module in folders in folders"
    folder = "app/" + "d/" * n
    dotted = folder.replace("/", ".")
    files = {f"{folder}deep.py": HEAD + "def deep():\n    return settings.x\n"}
    files["app/work.py"] = f"from {dotted}deep import deep\n\n\ndef answer(raw):\n    return deep()\n"
    return files


# ---- statements ----------------------------------------------------------------------------------
@shape(3000)
def elif_chain(n):
    "if elif elif ..."
    return HEAD + ANSWER + "    if raw:\n        pass\n" + "".join(
        f"    elif raw.b{i}:\n        raw = settings.a{i}\n" for i in range(n)) + "    return raw\n"


@shape(3000)
def if_statements(n):
    "one if after the other, each with a return"
    return body(n, "if raw.b# is None:\n        return settings.x")


@shape(3000)
def except_clauses(n):
    "try with many except clauses"
    return HEAD + ANSWER + "    try:\n        return raw()\n" + "".join(
        f"    except raw.E{i} as e:\n        return settings.a{i}\n" for i in range(n))


@shape(3000)
def match_cases(n):
    "match with many cases"
    return HEAD + ANSWER + "    match raw:\n" + "".join(
        f"        case {{'kind': {i}, 'x': [a, *b]}} if a:\n            return settings.a{i}\n" for i in range(n))


@shape(3000)
def match_alternatives(n):
    "case a | b | c ..."
    return HEAD + ANSWER + "    match raw:\n        case " + joined(n, "#", " | ") + ":\n            return settings.x\n"


@shape(3000)
def with_items(n):
    "with a as b, c as d, ..."
    return HEAD + ANSWER + "    with " + joined(n, "settings.a# as b#") + ":\n        return b0\n"


@shape(5000)
def bindings_of_one_name(n):
    "one name bound again and again"
    return body(n, "a = settings.x + raw(a)".replace("(a)", "(#)"))


@shape(3000)
def rebindings_through_itself(n):
    "a = a.f(a), again and again"
    return HEAD + ANSWER + "    a = raw\n" + "    a = a.f(a, settings.x)\n" * n + "    return a\n"


@shape(3000)
def typed_rebindings(n):
    "one name bound to an object of another class each time"
    return (lines(n, "class C#:\n    def m(self):\n        return settings.x\n", HEAD) + lines(
        n, "    a = C#()\n    a.m()", ANSWER) + "    return a\n")


@shape(5000)
def augmented(n):
    "one name grows by +="
    return HEAD + ANSWER + "    a = []\n" + "    a += [settings.x]\n" * n + "    return a\n"


@shape(5000)
def globals_(n):
    "one global statement of many names"
    return HEAD + ANSWER + "    global " + joined(n, "g#") + "\n    g0 = settings.x\n    return g0\n"


@shape(5000)
def locals_(n):
    "many locals, each read once"
    return body(n, "a# = settings.x\n    raw(a#)")


@shape(5000)
def asserts(n):
    "assert isinstance, again and again"
    return body(n, "assert isinstance(raw, str) and settings.x")


@shape(3000)
def narrowed_attributes(n):
    "if raw.a: raw.a.b, for many attributes"
    return body(n, "if raw.a# is not None:\n        raw.a#.f(settings.x)")


@shape(3000)
def suppressions(n):
    "many comments that ignore an access"
    return body(n, "a# = settings.x  # weft: ignore[config] reason #")


@shape(20000)
def suppression_ids(n):
    "one comment that ignores many ids"
    return HEAD + ANSWER + "    return settings.x  # weft: ignore[" + joined(n, "id#") + "] reason\n"


@shape(3000)
def suppression_functions(n):
    "comments that ignore whole functions"
    return lines(n, "# weft: ignore[config] reason\ndef f#():\n    return settings.x\n", HEAD) + ANSWER + "    return f0()\n"


# ---- functions -----------------------------------------------------------------------------------
@shape(3000, "report", "check")
def function_chain(n):
    "f0 calls f1 calls f2 ..."
    return (HEAD + "".join(f"def f{i}():\n    return f{i + 1}()\n\n\n" for i in range(n))
        + f"def f{n}():\n    return settings.x\n\n\n" + ANSWER + "    return f0()\n")


@shape(3000, "report", "check")
def function_ring(n):
    "f0 calls f1 ... calls f0"
    return (HEAD + "".join(f"def f{i}(a):\n    settings.x\n    return f{(i + 1) % n}(a)\n\n\n" for i in range(n))
            + ANSWER + "    return f0(raw)\n")


@shape(3000, "report", "check")
def functions(n):
    "many functions with an access, called from one"
    return (lines(n, "def f#():\n    return settings.x\n\n", HEAD) + lines(n, "    f#()", ANSWER)
            + "    return 1\n")


@shape(3000, "report", "check")
def callers(n):
    "one function with an access, called from many"
    return (HEAD + "def f():\n    return settings.x\n\n\n" + lines(n, "def g#():\n    return f()\n\n", "")
            + ANSWER + "    return g0()\n")


@shape(3000, "report")
def uncalled(n):
    "many functions with an access that nobody calls"
    return lines(n, "def f#():\n    return settings.x\n\n", HEAD) + ANSWER + "    return settings.x\n"


@shape(3000, "report")
def module_accesses(n):
    "many accesses at import, which are refused"
    return lines(n, "A# = settings.x", HEAD) + ANSWER + "    return A0\n"


@shape(3000)
def same_name(n):
    "many functions of one name"
    return lines(n, "def f():\n    return settings.x\n\n", HEAD) + ANSWER + "    return f()\n"


@shape(3000)
def same_method_name(n):
    "many classes with a method of one name, called on something unknown"
    return lines(n, "class C#:\n    def run(self):\n        return settings.x\n\n", HEAD) + ANSWER + "    return raw.run()\n"


@shape(3000)
def unknown_calls(n):
    "many calls of a method of one name on something unknown"
    return HEAD + "class C:\n    def run(self):\n        return settings.x\n\n\n" + lines(n, "    raw.a#.run()", ANSWER)


@shape(3000)
def decorators(n):
    "one function with many decorators"
    return HEAD + "def d(f):\n    return f\n\n\n" + "@d\n" * n + ANSWER + "    return settings.x\n"


@shape(2000)
def decorator_functions(n):
    "many decorators on one function, each another function"
    return (lines(n, "def d#(f):\n    def g(*a):\n        return f(*a)\n    return g\n\n", HEAD)
            + lines(n, "@d#", "") + ANSWER + "    return settings.x\n")


@shape(3000)
def callbacks(n):
    "many functions handed to one function that calls them"
    return (HEAD + "def run(f):\n    return f()\n\n\n" + lines(n, "def f#():\n    return settings.x\n\n", "")
            + lines(n, "    run(f#)", ANSWER) + "    return 1\n")


@shape(1000)
def function_of_functions(n):
    "many functions called through one parameter in many places"
    return (HEAD + "def run(f):\n" + "    f()\n" * n + "\n\n" + lines(n, "def f#():\n    return settings.x\n\n", "")
            + lines(n, "    run(f#)", ANSWER) + "    return 1\n")


@shape(2000)
def long_return_unions(n):
    "one function that returns an object of many classes"
    return (lines(n, "class C#:\n    def m(self):\n        return settings.x\n\n", HEAD) + "def make(a):\n" + lines(
        n, "    if a == #:\n        return C#()", "") + "\n\n" + ANSWER + "    return make(raw).m()\n")


@shape(3000)
def accessors(n):
    "many module instances that become accessors"
    return {"app/work.py": lines(n, "class C#:\n    def m(self):\n        return settings.x\n\n\nc# = C#()\n\n",
                                 HEAD) + ANSWER + "    return c0.m()\n"}


@shape(400)
def singletons(n):
    "a rule for each of many singletons, each used everywhere"
    sinks = "".join(f"  - id: s{i}\n    family: config_system\n    singleton: app.state.s{i}\n"
                    f"    accessor: {{ keyed_by: [tenant_id], name: get_s{i} }}\n" for i in range(n))
    rules = RULES.replace("boundaries:", sinks + "boundaries:").replace(
        "sinks:", "  accessor_decorator: app.isolation.isolated_accessor\n"
        "  ambient_instance: app.isolation.ambient_instance\nsinks:", 1)
    state = "".join(f"class S{i}:\n    def m(self):\n        return {i}\n\n\ns{i} = S{i}()\n\n\n" for i in range(n))
    uses = f"from app.state import {joined(n, 's#')}\n\n\n" + lines(
        n, "    s#.m()", ANSWER)
    return {"weft.yml": rules, "app/state.py": state, "app/work.py": uses}


# ---- classes -------------------------------------------------------------------------------------
@shape(3000)
def wide_class(n):
    "one class of many methods"
    return (HEAD + "class C:\n" + lines(n, "    def m#(self):\n        return settings.x\n", "") + "\n"
            + ANSWER + "    return C().m0()\n")


@shape(3000)
def wide_class_calls(n):
    "one class of many methods that call each other"
    return (HEAD + "class C:\n    def __init__(self):\n        self.a = 1\n\n" + "".join(
        f"    def m{i}(self):\n        return self.m{i + 1}() + settings.x\n\n" for i in range(n))
            + f"    def m{n}(self):\n        return 1\n\n\n" + ANSWER + "    return C().m0()\n")


@shape(3000)
def attributes(n):
    "one class of many attributes"
    return (HEAD + "class C:\n    def __init__(self):\n" + lines(n, "        self.a# = settings.x", "")
            + "\n\n" + ANSWER + "    return C().a0\n")


@shape(3000)
def dataclass_fields(n):
    "a dataclass of many fields, made with all of them"
    return ("from dataclasses import dataclass\n" + HEAD + "@dataclass\nclass C:\n" + lines(n, "    a#: int = 0", "")
            + "\n\n" + ANSWER + "    return C(" + joined(n, "a#=settings.x") + ")\n")


@shape(1250)
def deep_inheritance(n):
    "C0 < C1 < C2 ..."
    return (HEAD + "class C0:\n    def m(self):\n        return settings.x\n\n\n" + "".join(
        f"class C{i}(C{i - 1}):\n    pass\n\n\n" for i in range(1, n)) + ANSWER + f"    return C{n - 1}().m()\n")


@shape(1250)
def super_chain(n):
    "each class overrides m and calls super().m()"
    return (HEAD + "class C0:\n    def __init__(self):\n        self.a = settings.x\n\n\n" + "".join(
        f"class C{i}(C{i - 1}):\n    def __init__(self):\n        super().__init__()\n\n\n"
        for i in range(1, n)) + ANSWER + f"    return C{n - 1}().a\n")


@shape(3000)
def wide_inheritance(n):
    "many classes of one base"
    return (HEAD + "class Base:\n    def m(self):\n        return settings.x\n\n\n"
            + lines(n, "class C#(Base):\n    pass\n\n", "") + ANSWER + "    return C0().m()\n")


@shape(2000)
def overrides(n):
    "many overrides of one method, called on the base"
    return (HEAD + "class Base:\n    def m(self):\n        return 1\n\n\n"
            + lines(n, "class C#(Base):\n    def m(self):\n        return settings.x\n\n", "")
            + "def answer(raw: Base):\n    return raw.m()\n")


@shape(500)
def overrides_called(n):
    "many overrides of one method, called on the base from many places"
    return (HEAD + "class Base:\n    def m(self):\n        return 1\n\n\n"
            + lines(n, "class C#(Base):\n    def m(self):\n        return settings.x\n\n", "")
            + lines(n, "    raw.m()", "def answer(raw: Base):\n"))


@shape(500)
def many_bases(n):
    "one class of many bases"
    return (lines(n, "class C#:\n    def m#(self):\n        return settings.x\n\n", HEAD)
            + "class All(" + joined(n, "C#") + "):\n    pass\n\n\n" + ANSWER + "    return All().m0()\n")


@shape(100)
def diamonds(n):
    "each class has the two before it as bases"
    return (HEAD + "class C0:\n    def m(self):\n        return settings.x\n\n\nclass C1(C0):\n    pass\n\n\n" + "".join(
        f"class C{i}(C{i - 1}, C{i - 2}):\n    pass\n\n\n" for i in range(2, n)) + ANSWER + f"    return C{n - 1}().m()\n")


@shape(500)
def generic_chain(n):
    "each generic class inherits the one before"
    return ("from typing import Generic, TypeVar\n" + HEAD + "T = TypeVar('T')\n\n\nclass C0(Generic[T]):\n"
            "    def get(self) -> T:\n        return settings.x\n\n\n" + "".join(
        f"class C{i}(C{i - 1}[T]):\n    pass\n\n\n" for i in range(1, n)) + ANSWER
            + f"    a: C{n - 1}[int] = raw\n    return a.get()\n")


# ---- modules -------------------------------------------------------------------------------------
@shape(10000)
def empty_files(n):
    "many empty files"
    return {**{f"app/d{i % 100}/e{i}.py": "" for i in range(n)},
            "app/work.py": HEAD + ANSWER + "    return settings.x\n"}


@shape(1000, "report", "check")
def files(n):
    "many files with one access each"
    return {**{f"app/d{i % 10}/m{i}.py": HEAD + f"def f{i}():\n    return settings.x\n" for i in range(n)},
            "app/work.py": "".join(f"from app.d{i % 10}.m{i} import f{i}\n" for i in range(n)) + "\n\n"
            + lines(n, "    f#()", ANSWER)}


@shape(300)
def import_chain(n):
    "each file imports the next one and calls it"
    files_ = {f"app/m{i}.py": f"from app.m{i + 1} import f{i + 1}\n\n\ndef f{i}():\n    return f{i + 1}()\n"
              for i in range(n)}
    files_[f"app/m{n}.py"] = HEAD + f"def f{n}():\n    return settings.x\n"
    files_["app/work.py"] = "from app.m0 import f0\n\n\n" + ANSWER + "    return f0()\n"
    return files_


@shape(300)
def import_ring(n):
    "files that import each other in a ring"
    files_ = {f"app/m{i}.py": f"import app.m{(i + 1) % n}\n{HEAD}def f():\n    settings.x\n"
              f"    return app.m{(i + 1) % n}.f()\n" for i in range(n)}
    files_["app/work.py"] = "import app.m0\n\n\n" + ANSWER + "    return app.m0.f()\n"
    return files_


@shape(300)
def reexport_chain(n):
    "a name that is imported from file to file"
    files_ = {f"app/m{i}.py": f"from app.m{i + 1} import f\n" for i in range(n)}
    files_[f"app/m{n}.py"] = HEAD + "def f():\n    return settings.x\n"
    files_["app/work.py"] = "from app.m0 import f\n\n\n" + ANSWER + "    return f()\n"
    return files_


@shape(300)
def star_chain(n):
    "from next import *, from file to file"
    files_ = {f"app/m{i}.py": f"from app.m{i + 1} import *\n" for i in range(n)}
    files_[f"app/m{n}.py"] = HEAD + "def f():\n    return settings.x\n"
    files_["app/work.py"] = "from app.m0 import *\n\n\n" + ANSWER + "    return f()\n"
    return files_


@shape(300)
def star_fan(n):
    "one file that imports everything from many, and many names of it"
    files_ = {f"app/m{i}.py": HEAD + f"def f{i}():\n    return settings.x\n" for i in range(n)}
    files_["app/hub.py"] = "".join(f"from app.m{i} import *\n" for i in range(n))
    files_["app/work.py"] = "from app.hub import *\n\n\n" + lines(n, "    f#()", ANSWER)
    return files_


@shape(16)
def star_mesh(n):
    "every file imports everything from every other"
    count = int(n ** 0.5 * 4)
    files_ = {f"app/m{i}.py": "".join(f"from app.m{j} import *\n" for j in range(count) if j != i)
              + f"def f{i}():\n    return settings.x\n" for i in range(count)}
    files_["app/m0.py"] += HEAD
    files_["app/work.py"] = "from app.m0 import *\n\n\n" + lines(count, "    f#()", ANSWER)
    return files_


@shape(5000)
def import_list(n):
    "from a import b, c, d, ..."
    return {"app/many.py": lines(n, "def f#():\n    return settings.x\n\n", HEAD),
            "app/work.py": f"from app.many import ({joined(n, 'f#')})\n\n\n" + ANSWER + "    return f0()\n"}


@shape(3000)
def import_lines(n):
    "many import statements in one file"
    return lines(n, "import package#.module# as m#", HEAD) + ANSWER + "    return settings.x\n"


@shape(20000)
def import_path(n):
    "an import of a module in many packages in each other"
    return lines(1, "import " + joined(n, "a", "."), HEAD) + ANSWER + "    return settings.x\n"


@shape(500)
def ignore_rules(n):
    "rules in .gitignore, with stars, and a file whose name is all but theirs"
    rule = "*a" * 30 + "b#\n"
    return {".gitignore": "".join(rule.replace("#", str(i)) for i in range(n)), "app/" + "a" * 200 + ".py": "x = 1\n",
            "app/work.py": HEAD + ANSWER + "    return settings.x\n"}


@shape(3000)
def local_imports(n):
    "many imports in one function"
    return body(n, "from app.config import settings as s#\n    s#.x")


@shape(50)
def rules(n):
    "many rules and as many files"
    sinks = "".join(f"  - id: c{i}\n    family: config_system\n    symbol: app.config.c{i}\n"
                    f"    replace: app.isolation.get_c{i}({{context}})\n" for i in range(n))
    files_ = {f"app/m{i}.py": f"from app.config import c{i}\n\n\ndef f{i}():\n    return c{i}.x\n" for i in range(n)}
    files_["app/config.py"] = lines(n, "c# = object()", "settings = 1\n")
    files_["weft.yml"] = RULES.replace("boundaries:", sinks + "boundaries:")
    files_["app/work.py"] = lines(n, "from app.m# import f#", "") + lines(n, "    f#()", ANSWER)
    return files_


@shape(20)
def patterns(n):
    "many rules with a code pattern, and a file"
    sinks = "".join(f"  - id: p{i}\n    family: config_system\n    pattern: lookup{i}($KEY)\n"
                    f"    replace: app.isolation.get_p{i}($KEY, {{context}})\n" for i in range(n))
    return {"weft.yml": RULES.replace("boundaries:", sinks + "boundaries:"),
            "app/work.py": body(n * 20, "lookup#(raw)")}


@shape(2000000, options=["--size-limit", "100000000"])
def large_file(n):
    "a file of ordinary code"
    part = HEAD + ('class C#:\n    """What it is."""\n\n    def __init__(self, a, b=None):\n        self.a = a\n'
                   "        self.b = b or settings.x\n\n    def total(self, rest):\n        for each in rest:\n"
                   "            if each > self.a:\n                self.b += each * 2\n"
                   '        return f"{self.a}: {self.b}"\n\n\n')
    count = n // len(part) // 4
    return "".join(part.replace("#", str(i)) for i in range(count)) + ANSWER + "    return C0(raw).total([])\n"


# ---- what is handed about --------------------------------------------------------------------------
@shape(1500)
def list_handed_down(n):
    "a list that is handed down many functions, each of which puts something into it"
    return (HEAD + "".join(f"def f{i}(rows):\n    rows.append(settings.x)\n    f{i + 1}(rows)\n\n\n" for i in range(n))
            + f"def f{n}(rows):\n    pass\n\n\n" + ANSWER + "    rows = []\n    f0(rows)\n    return rows\n")


@shape(3000)
def list_and_text_handed_down(n):
    "a list and a text that are handed down many functions, the last of which puts one into the other"
    return (HEAD + "".join(f"def f{i}(rows, text):\n    f{i + 1}(rows, text)\n\n\n" for i in range(n))
            + f"def f{n}(rows, text):\n    rows.append(text)\n\n\n" + ANSWER
            + "    rows = []\n    f0(rows, settings.x)\n    return rows\n")


@shape(2000)
def lists_of_a_queue(n):
    "many lists that are put into one queue, and many places that take one out and fill it"
    return ("import queue\n" + HEAD + "class Desk:\n    def __init__(self):\n        self.jobs = queue.Queue()\n\n"
            + lines(n, "    def put#(self, text):\n        rows# = []\n        self.jobs.put((text, rows#))\n        return rows#\n", "")
            + lines(n, "    def take#(self):\n        text, rows = self.jobs.get()\n        rows.append(settings.x)\n", "")
            + "\n\n" + ANSWER + "    return Desk().put0(raw)\n")


@shape(2000)
def writers_of_an_object(n):
    "methods that call each other to store in an object that a module has a name for"
    return (HEAD + "class Desk:\n    def __init__(self, owner):\n        self.note = owner\n\n"
            "    def m0(self, text):\n        self.note = text\n\n"
            + "".join(f"    def m{i}(self, text):\n        self.m{i - 1}(text)\n\n" for i in range(1, n))
            + "\nfront = Desk('a')\n\n\n" + ANSWER + f"    Desk(raw)\n    front.m{n - 1}(settings.x)\n    return front.note\n")


@shape(1500)
def module_read_whole(n):
    "a module of many functions that is read as a whole at many places, and imported by a computed name"
    return ("from importlib import import_module\n" + HEAD + lines(n, "def f#():\n    return settings.x\n\n", "")
            + lines(n, "def g#(kind, keep):\n    keep(globals().items(), import_module('app.' + kind))\n\n", "")
            + ANSWER + "    return f0()\n")


@shape(1500)
def module_named_in_text(n):
    "a module of many functions, whose name stands in many texts"
    return {"app/work.py": HEAD + lines(n, "def f#():\n    return settings.x\n\n", "") + ANSWER + "    return f0()\n",
            "app/pages.py": "from importlib import import_module\n\n\ndef load(name):\n    return import_module(name)\n\n\n"
                            "PAGES = [\n" + lines(n, "    'app.work',", "") + "]\n"}


@shape(3000)
def injected_classes(n):
    "a framework makes a class, whose constructor asks for another one, and so on"
    return (HEAD + "".join(f"class C{i}:\n    def __init__(self, a: 'C{i + 1}'):\n        self.a = a\n\n\n" for i in range(n))
            + f"class C{n}:\n    def __init__(self):\n        self.a = settings.x\n\n\n"
            + "import outside\n\n\n@outside.command()\ndef go(a: C0):\n    return a\n\n\n" + ANSWER + "    return settings.x\n")
