"""Random changes to Python sources that mostly leave Python: in the syntax tree's terms, but in the text.

Statements and expressions are found by `ast`, and their bytes are moved, copied, wrapped or replaced, so that
comments, layout and line ends of everything else stay. Where the text is no Python, lines are changed.
"""
import ast
import re
import warnings

STATEMENTS = (
    "from app.config import settings", "import app.config as c", "x = settings.a", "return settings.a",
    "yield settings.a", "settings.a = 1", "global settings", "def f(a, b=settings.a, *c, d=1, **e):\n    return settings.a",
    "async def g(self, /, x):\n    return await self.h(settings.a)", "class C(B, metaclass=M):\n    x: int = settings.a",
    "class D:\n    def __init__(self):\n        self.a = settings.a", "if x: f(); g()", "for i in f(): h()",
    "with f() as a, g() as b:\n    pass", "try:\n    f()\nexcept E as e:\n    raise\nfinally:\n    g()",
    "match f():\n    case C(a=1) | [x, *_]:\n        f()", "f = lambda a, *b: settings.a",
    "def one(): return settings.a", "def doc(): 'text'; return settings.a", "class E: pass",
    "def o():\n    def i():\n        return settings.a\n    return i()", "__all__ = ['f', 'settings']",
    "if __name__ == '__main__':\n    f()", "from __future__ import annotations", "import functools",
    "asyncio.create_task(f())", "registry['a'] = f", "x = [\n    f(),  # a\n    g(),\n]", "# weft: ignore[config] why",
    "from app.manager import manager", "manager.start()", "from app.stream import Stream", "Stream(1, *a, **k)",
    "if TYPE_CHECKING:\n    from app.stream import Stream", "del settings", "assert settings, settings.a",
    "from app import config, manager as m", "global isolation_context", "isolation_context = None", "'''\ntext\n'''",
    "from app.isolation import current_isolation_context", "x = yield", "@property\ndef p(self):\n    return settings.a",
    "@staticmethod\ndef s(a=settings.a, b=None): return a", "try: import a\nexcept ImportError: a = None",
    "def get_a():\n    global a\n    if a is None:\n        a = C()\n    return a", "a = None", "instance = C()",
    "print(f'{settings.a!r:>{settings.b}} {settings.c=}')", "x = settings.a if settings else settings.b",
    "x = \\\n    settings.a", "def f(\n    a,\n    b=1,  # c\n):\n    pass", "while (y := settings.a): pass",
)
# % stands for the text of an expression, $ for a name.
EXPRESSIONS = (
    "(%)", "%.$", "lambda: %", "lambda $=%: $", "[% for $ in %]", "{$: % for $ in %}", "f'{%}'", "% if % else %", "%(*%)",
    "%(**%)", "%(%)", "%(\n    %,\n)", "(% or %)", "($ := %)", "%[%]", "{%: %}", "(not %)", "(%, %)", "functools.partial(%, %)",
    "settings.$", "settings", "get_setting(%, %)", "choose(%, %, %)", "await %", "(yield %)", "getattr(%, '$')", "% \\\n  .$",
    "(%  # c\n)", "$($=%)", "self.$", "manager", "manager.$", "get_session_manager()", "Stream(%)", "isolation_context", "$",
    "Table.select(%)", "super().$()", "type(%)", "%($)", "asyncio.to_thread(%, %)", "[*%]", "%.get(%)", "'''%'''", "(%).$(%)",
)
LINE_ENDS = (b"\r\n", b"\r", b"  # c\n", b" ;\n", b"\n\n", b"\n\x0c", b"\t\n")


def parts(text):
    """Spans in bytes of the statements and of the expressions."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(text)
    starts, at = [0], 0
    for line in re.split(rb"(?<=\n)|(?<=\r)(?!\n)", text):
        at += len(line)
        starts.append(at)
    statements, expressions = [], []
    for node in ast.walk(tree):
        if not hasattr(node, "end_lineno") or node.end_lineno >= len(starts):
            continue
        first = min([node.lineno] + [d.lineno for d in getattr(node, "decorator_list", ())])
        start = starts[first - 1] + (node.col_offset if first == node.lineno else 0)
        end = starts[node.end_lineno - 1] + node.end_col_offset
        if isinstance(node, ast.stmt):
            statements.append((start, end))
        elif isinstance(node, ast.expr):
            expressions.append((start, end))
    return statements, expressions


def line_start(text, at):
    return max(text.rfind(b"\n", 0, at), text.rfind(b"\r", 0, at)) + 1


def indent_at(text, at):
    return re.match(rb"[ \t\f]*", text[line_start(text, at):]).group()


def indented(block, indent, newline):
    """BLOCK, whose first line may have an indentation, with INDENT instead."""
    old = re.match(rb"[ \t]*", block).group()
    lines = [indent + line.removeprefix(old) if line.strip() else b"" for line in block.split(b"\n")]
    return newline.join(lines)


def name_in(chance, text):
    names = re.findall(rb"\b[A-Za-z_]\w*\b", text)
    return chance.choice(names) if names else b"x"


def any_of(chance, text, spans):
    start, end = chance.choice(spans)
    return text[start:end]


def insert_statement(chance, text, statements, block):
    at, end = chance.choice(statements) if statements else (0, 0)
    newline = b"\r\n" if b"\r\n" in text else b"\n"
    start = line_start(text, at)
    if chance.random() < 0.3:  # behind
        close = text.find(b"\n", end)
        start = close + 1 if close >= 0 else len(text)
    return text[:start] + indented(block, indent_at(text, at), newline) + newline + text[start:]


def change_statement(chance, text, statements, seeds):
    kind = chance.randrange(6)
    if kind == 0:
        return insert_statement(chance, text, statements, chance.choice(STATEMENTS).encode())
    start, end = chance.choice(statements)
    start = line_start(text, start)
    block = text[start:end].replace(b"\r\n", b"\n")
    if kind == 1:
        return insert_statement(chance, text, statements, block)
    if kind == 2:
        return text[:start] + (indent_at(text, start) + b"pass" if chance.random() < 0.5 else b"") + text[end:]
    if kind == 3:  # into another file's midst
        other = chance.choice(seeds)[1:]
        at = line_start(other, chance.randrange(len(other)))
        close = other.find(b"\n", at + chance.randrange(200))
        return insert_statement(chance, text, statements, other[at:close].replace(b"\r\n", b"\n"))
    if kind == 4:  # one level deeper
        head = chance.choice((b"if x:", b"def w():", b"async def w(self):", b"class W:", b"while x:", b"try:", b"with x:"))
        indent = indent_at(text, start)
        deeper = indent + b"\n".join(b"    " + line for line in indented(block, indent, b"\n").split(b"\n"))[4 if not indent else 0:]
        tail = b"\n" + indent + b"finally: pass" if head == b"try:" else b""
        return text[:start] + indent + head + b"\n" + deeper.removeprefix(indent) + tail + text[end:]
    return text[:start] + indent_at(text, start) + text[start:end].strip().replace(b"\n", b"") + b"; " + \
        chance.choice(STATEMENTS).encode().split(b"\n")[0] + text[end:]


def change_expression(chance, text, expressions):
    start, end = chance.choice(expressions)
    first, made = True, b""
    for part in re.split(r"([%$])", chance.choice(EXPRESSIONS)):
        if part == "%":
            made += text[start:end] if first or chance.random() < 0.3 else any_of(chance, text, expressions)
            first = False
        else:
            made += name_in(chance, text) if part == "$" else part.encode()
    return text[:start] + made + text[end:]


def change_bytes(chance, text):
    kind = chance.randrange(5)
    at = chance.randrange(len(text) + 1)
    if kind == 0:
        name, other = name_in(chance, text), name_in(chance, text)
        if chance.random() < 0.5:
            return re.sub(rb"\b%s\b" % name, other, text)
        return re.sub(rb"\b%s\b" % name, other, text, count=1)
    if kind == 1:
        close = text.find(b"\n", at)
        return text[:close] + chance.choice(LINE_ENDS) + text[close + 1:] if close >= 0 else text.rstrip()
    if kind == 2:
        return text.replace(b"    ", b"\t") if chance.random() < 0.5 else text.replace(b"\n", b"\r\n")
    if kind == 3:
        return text[:at] + chance.choice((b" ", b"\n", b"(", b")", b",", b"*", b"#", b"'", b"\\\n", b"\xc3\xa4", b":")) + text[at:]
    return chance.choice((b"\xef\xbb\xbf" + text, b"# -*- coding: latin-1 -*-\n" + text, text.rstrip(b"\n"),
                          b'"""doc"""\n' + text, b"#!/usr/bin/python3\n" + text))


def change(chance, text, seeds):
    """TEXT with one change; the same text when there was nothing to change."""
    try:
        statements, expressions = parts(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        statements, expressions = [], []
    draw = chance.random()
    if draw < 0.45 and statements:
        return change_statement(chance, text, statements, seeds)
    if draw < 0.8 and expressions:
        return change_expression(chance, text, expressions)
    return change_bytes(chance, text)
