"""Shapes of what is no Python source, for growth.py: rules, patterns, C, notebooks, data, usage files, messages of an
editor, and what git compares."""

import json

from growth_shapes import ANSWER, HEAD, RULES, body, joined, lines, shape

WORK = HEAD + ANSWER + "    return settings.x\n"


# ---- rule files ----------------------------------------------------------------------------------
@shape(300, "rules", only=True)
def yaml_nested(n):
    "lists in lists in weft.yml"
    return {"weft.yml": RULES + "x: " + "[" * n + "]" * n + "\n", "app/work.py": WORK}


@shape(3000, "rules", only=True)
def yaml_unknown_keys(n):
    "keys in weft.yml that nobody knows, each with a guess at what was meant"
    return {"weft.yml": RULES + joined(n, "sink#: 1", "\n") + "\n", "app/work.py": WORK}


@shape(2000, "rules", only=True)
def yaml_same_keys(n):
    "sinks of one id"
    sink = "  - { id: twice, family: config_system, symbol: app.config.c#, replace: 'app.isolation.c({context})' }\n"
    return {"weft.yml": RULES.replace("boundaries:", joined(n, sink, "") + "boundaries:"), "app/work.py": WORK}


@shape(1000, "rules")
def yaml_globs(n):
    "files that are excluded, with stars, beside a name that is all but theirs"
    return {"weft.yml": RULES + "exclude:\n" + joined(n, "  - '**/a*a*a*a*a*b#/**'\n", ""),
            "app/" + "/".join(["a" * 30] * 20) + ".py": "x = 1\n", "app/work.py": WORK}


@shape(500, "rules")
def pack_removals(n):
    "a pack of many sinks, extended by one that takes out every second and renames the others"
    sinks = joined(n, "  - { id: s#, family: config_system, symbol: app.old#.c, replace: 'app.isolation.c#({context})' }\n", "")
    return {"base.yml": RULES.replace("pack: growth", "pack: base").replace("boundaries:", sinks + "boundaries:"),
            "weft.yml": "version: 1\nextends: base.yml\nremove: { sinks: [" + ", ".join(f"s{i}" for i in range(0, n, 2)) + "] }\n"
                        "rename: {" + ", ".join(f"app.old{i}: app.new{i}" for i in range(1, n, 2)) + "}\n",
            "app/work.py": WORK}


@shape(100, "rules")
def pack_chain(n):
    "eight packs that extend each other, each with many sinks"
    files = {}
    for i in range(8):
        sinks = joined(n, f"  - {{ id: s{i}_#, family: config_system, symbol: app.m{i}.c#, replace: 'app.isolation.c({{context}})' }}\n", "")
        more = "" if i == 0 else f"extends: p{i - 1}.yml\n"
        text = RULES.replace("boundaries:", sinks + "boundaries:") if i == 0 else f"version: 1\npack: p{i}\n{more}sinks:\n{sinks}"
        files[f"p{i}.yml" if i < 7 else "weft.yml"] = text.replace("pack: growth", f"pack: p{i}")
    return {**files, "app/work.py": WORK}


def with_pattern(pattern, text, replace="app.isolation.found({context})"):
    sink = f"  - id: p\n    family: config_system\n    pattern: {json.dumps(pattern)}\n    replace: '{replace}'\n"
    return {"weft.yml": RULES.replace("boundaries:", sink + "boundaries:"), "app/work.py": text}


@shape(400)
def pattern_any_arguments(n):
    "a pattern with three lists of any length, beside a call of many arguments that all but fits"
    return with_pattern("f($$$A, 1, $$$B, 2, $$$C, 3)", HEAD + ANSWER + "    settings.x\n    return f(" + "1, 2, " * n + "0)\n")


@shape(200)
def pattern_deep(n):
    "a pattern of calls in calls, and code of as many"
    return with_pattern("g(" * 50 + "$X" + ")" * 50, body(n, "raw(" + "g(" * 49 + "0" + ")" * 49 + ")"))


@shape(2000)
def pattern_same(n):
    "a pattern that names one thing twice, beside long things that differ in the end"
    return with_pattern("same($X, $X)", HEAD + ANSWER + "    return same([" + "1, " * n + "1], [" + "1, " * n + "2])\n")


@shape(300)
def pattern_inside(n):
    "a matcher that looks up all that stands around, for each of many matches in blocks in blocks"
    files = with_pattern("find($X)", lines(0, "") + "    for a in raw:\n" * 1 + "".join(
        "        find(a)\n" for _ in range(n)) + "    return settings.x\n")
    files["weft.yml"] = files["weft.yml"].replace('pattern: "find($X)"', 'pattern: { pattern: "find($X)", inside: { kind: class_definition, stop_at: end } }')
    return files


# ---- what holds code besides modules -------------------------------------------------------------
def notebook(cells):
    return json.dumps({"cells": [{"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": text}
                                 for text in cells], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


@shape(1000)
def notebook_cells(n):
    "a notebook of many cells"
    return {"show.ipynb": notebook([f"from app.work import answer\nanswer({i})\n" for i in range(n)]), "app/work.py": WORK}


@shape(1000)
def notebook_nested(n):
    "a notebook whose metadata are lists in lists"
    return {"show.ipynb": notebook(["answer(1)\n"]).replace('"nbformat"', '"deep": ' + "[" * n + "]" * n + ', "nbformat"', 1),
            "app/work.py": WORK}


@shape(1000)
def doctests(n):
    "doctests, in one docstring and in Markdown"
    tests = joined(n, "    >>> answer(#)\n    1\n", "")
    return {"README.md": "```python\n" + joined(n, "from app.work import answer\nanswer(#)\n", "") + "```\n",
            "app/work.py": HEAD + ANSWER + '    """What it is.\n\n' + tests + '    """\n    return settings.x\n'}


@shape(3000)
def names_in_settings(n):
    "dotted names in a file of settings"
    return {"settings.toml": "[tool.x]\n" + joined(n, 'a# = "app.work.f#"\n', ""), "settings.ini": "[x]\n" + joined(n, "a# = app.work:f#\n", ""),
            "app/work.py": lines(n, "def f#():\n    return settings.x\n\n", HEAD) + ANSWER + "    return f0()\n"}


@shape(3000)
def cython(n):
    "a file of Cython, whose words are looked for"
    return {"app/fast.pyx": joined(n, "cdef int g#(int a):\n    return f#(a)\n", ""),
            "app/work.py": lines(n, "def f#(a):\n    return settings.x\n\n", HEAD) + ANSWER + "    return f0(1)\n"}


# ---- C -------------------------------------------------------------------------------------------
C_RULES = """version: 1
language: c
families: [state]
context: { parameter: repo, type: "struct repository *", ambient: the_repository }
sinks:
  - { id: repository, family: state, symbol: the_repository, replace: "{context}" }
"""
C_HEAD = '#include "a.h"\n'
C_HEADER = "struct repository { int x; };\nextern struct repository *the_repository;\n"


def c_tree(files, header=""):
    units = [{"directory": ".", "file": path, "arguments": ["cc", "-c", path]} for path in files]
    made = {path: C_HEAD + text for path, text in files.items()}
    made["a.c"] = made.get("a.c", C_HEAD) + "struct repository *the_repository;\n"
    return {"weft.yml": C_RULES, "compile_commands.json": json.dumps(units), "a.h": C_HEADER + header, **made}


@shape(1000)
def c_functions(n):
    "C: each function calls the next one, the last one has an access"
    chain = "int f0(void) { return the_repository->x; }\n" + "".join(f"int f{i}(void) {{ return f{i - 1}(); }}\n" for i in range(1, n))
    return c_tree({"a.c": chain}, joined(n, "int f#(void);\n", ""))


@shape(1000)
def c_accesses(n):
    "C: many accesses in one function"
    return c_tree({"a.c": "int f(void) {\n\tint a = 0;\n" + joined(n, "\ta += the_repository->x;\n", "") + "\treturn a;\n}\n"})


@shape(1000)
def c_tables(n):
    "C: a table of many functions, called by its index"
    return c_tree({"a.c": joined(n, "static int f#(int a) { return the_repository->x + a; }\n", "") + "static int (*table[])(int) = {"
                   + joined(n, "f#") + "};\nint call(int i) { return table[i](i); }\n"})


@shape(1000)
def c_macros(n):
    "C: macros around the global, each used by a function"
    return c_tree({"a.c": joined(n, "#define m# the_repository\n", "") + joined(n, "int f#(void) { return m#->x; }\n", "")})


@shape(50)
def c_units(n):
    "C: many sources, each calls a function of the next one"
    files = {f"m{i}.c": f"int f{i + 1}(void);\nint f{i}(void) {{ return f{i + 1}(); }}\n" for i in range(n)}
    return c_tree({**files, "a.c": f"int f{n}(void) {{ return the_repository->x; }}\n"})


@shape(2000)
def c_branches(n):
    "C: branches that no unit compiles, with calls of one function"
    return c_tree({"a.c": "int f(void) { return the_repository->x; }\nint g(void) {\n" + n * ("#ifdef NOT_ALL\n\tf();\n#endif\n")
                   + "\treturn f();\n}\n"}, "int f(void);\n")


# ---- databases and old callers -------------------------------------------------------------------
DATA = "data:\n  dimensions: { tenant_id: { default: default } }\n  tables:\n"


@shape(300, "data", only=True)
def data_tables(n):
    "models of many tables, each refers to the one before"
    models = "from sqlalchemy import Column, ForeignKey, Integer\nfrom app.base import Base\n" + "".join(
        f"\n\nclass T{i}(Base):\n    __tablename__ = 't{i}'\n    id = Column(Integer, primary_key=True)\n"
        + (f"    other = Column(Integer, ForeignKey('t{i - 1}.id'))\n" if i else "") for i in range(n))
    return {"weft.yml": RULES + DATA + joined(n, "    - { table: t#, keys: [tenant_id] }\n", ""), "app/work.py": WORK,
            "app/base.py": "from sqlalchemy.orm import declarative_base\nBase = declarative_base()\n", "app/models.py": models}


@shape(1000, "data", only=True)
def data_columns(n):
    "a table of many columns"
    return {"weft.yml": RULES + DATA + "    - { table: t, keys: [tenant_id] }\n", "app/work.py": WORK,
            "app/models.py": "from sqlalchemy import Column, Integer\nfrom sqlalchemy.orm import declarative_base\nBase = declarative_base()\n\n\n"
                             "class T(Base):\n    __tablename__ = 't'\n    id = Column(Integer, primary_key=True)\n"
                             + joined(n, "    c# = Column(Integer)\n", "")}


def usage(process, rows):
    return json.dumps({"schema_version": 1, "process": process, "written": 1796036400, "calls": [
        {"api": f"app.apis.f{i}", "module": f"plugin{i}.main", "distribution": None, "calls": 1, "first": 1796036383,
         "last": 1796036390, "line": f"/plugins/x.py:{i}"} for i in rows]})


API = RULES + "public_api: [app.apis.**]\napi: { usage: usage, counter: app.legacy.count }\n"


@shape(300, "usage", only=True)
def usage_rows(n):
    "a usage file of many callers"
    return {"weft.yml": API, "usage/usage-1-a.json": usage(1, range(n)), "app/work.py": WORK,
            "app/apis.py": lines(n, "def f#():\n    return settings.x\n\n", HEAD)}


@shape(200, "usage", only=True)
def usage_files(n):
    "usage files of many processes, that have seen the same"
    return {"weft.yml": API, "app/work.py": WORK, "app/apis.py": lines(20, "def f#():\n    return settings.x\n\n", HEAD),
            **{f"usage/usage-{i}-a.json": usage(i, range(20)) for i in range(n)}}


# ---- what git compares, lists of what is known ---------------------------------------------------
@shape(2000, "changed", only=True, before=lambda n: {"app/work.py": lines(n, "    a# = settings.x")})
def changed_lines(n):
    "a file all of whose lines are others than in HEAD"
    return {"app/work.py": lines(n, "    b# = settings.y")}


@shape(2000, "changed", only=True, before=lambda n: {"app/work.py": lines(n, "    a# = 1\n    settings.x")})
def changed_every_second(n):
    "a file in which every second line is another one than in HEAD, and the others are all the same"
    return {"app/work.py": lines(n, "    b# = 1\n    settings.x")}


@shape(200, "changed", only=True, before=lambda n: {f"app/m{i}.py": "x = 1\n" for i in range(n)})
def changed_files(n):
    "many files that are others than in HEAD"
    return {**{f"app/m{i}.py": HEAD + f"def f{i}():\n    return settings.x\n" for i in range(n)}, "app/work.py": WORK}


@shape(3000, "check", only=True)
def baseline_of_others(n):
    "a baseline of accesses that are gone"
    return {"baseline.txt": "# weft baseline 1\n" + joined(n, "config_system\tconfig\tapp/gone#.py\tf#\tapp.config.settings\t1\n", ""),
            "app/work.py": body(n, "a# = settings.x")}


# ---- an editor -----------------------------------------------------------------------------------
def session(messages):
    texts = [json.dumps({"jsonrpc": "2.0", **message}) for message in messages]
    return "".join(f"Content-Length: {len(text)}\r\n\r\n{text}" for text in texts)


OPEN = [{"id": 1, "method": "initialize", "params": {"workspaceFolders": [{"uri": "file://{folder}", "name": "x"}]}},
        {"method": "textDocument/didOpen", "params": {"textDocument": {"uri": "file://{folder}/app/work.py", "languageId": "python",
                                                                       "version": 1, "text": WORK}}}]
CLOSE = [{"id": 2, "method": "textDocument/hover", "params": {"textDocument": {"uri": "file://{folder}/app/work.py"},
                                                              "position": {"line": 4, "character": 12}}},
         {"id": 3, "method": "shutdown"}, {"method": "exit"}]


def typed(number, line, text):
    place = {"line": line, "character": 0}
    return {"method": "textDocument/didChange", "params": {"textDocument": {"uri": "file://{folder}/app/work.py", "version": number},
                                                           "contentChanges": [{"range": {"start": place, "end": place}, "text": text}]}}


@shape(1000, "lsp", only=True, options=[])
def editor_changes(n):
    "one change of a file after the other, all at once"
    return {"app/work.py": WORK, "session": session(OPEN + [typed(i + 2, 0, f"# {i}\n") for i in range(n)] + CLOSE)}


@shape(1000, "lsp", only=True, options=[])
def editor_cancelled(n):
    "questions that are taken back before they are answered"
    asked = [{"id": 10 + i, "method": "textDocument/codeLens", "params": {"textDocument": {"uri": "file://{folder}/app/work.py"}}}
             for i in range(n)]
    back = [{"method": "$/cancelRequest", "params": {"id": 10 + i}} for i in reversed(range(n))]
    return {"app/work.py": WORK, "session": session(OPEN + asked + back + CLOSE)}


@shape(300, "lsp", only=True, options=[])
def editor_documents(n):
    "many files that are open"
    files = [{"method": "textDocument/didOpen", "params": {"textDocument": {
        "uri": f"file://{{folder}}/app/m{i}.py", "languageId": "python", "version": 1, "text": WORK}}} for i in range(n)]
    return {"app/work.py": WORK, **{f"app/m{i}.py": "x = 1\n" for i in range(n)}, "session": session(OPEN + files + CLOSE)}


@shape(300000, "lsp", only=True, options=[])
def editor_long_message(n):
    "one message that is a large text"
    return {"app/work.py": WORK, "session": session(OPEN[:1] + [{"method": "textDocument/didOpen", "params": {"textDocument": {
        "uri": "file://{folder}/app/work.py", "languageId": "python", "version": 1, "text": WORK + "# x\n" * (n // 4)}}}] + CLOSE)}
