#!/usr/bin/python3
"""Checks on the project's own files. `check.py NAME` runs one; each prints what is wrong and where.

    layers       a layer includes itself and earlier ones only, and so do the folders inside of one; a
                 front end includes itself and what facts includes, and nobody includes or links one but
                 the table of languages; tree_sitter/api.h stays in python/, libclang's headers in clang/
    circles      no header includes itself, by way of others
    headers      every header compiles alone
    declared     every function of a header has a line that says what it does, or a name that does
    sizes        no source file has more than 600 lines, no function more than 60
    languages    no text of a language stands outside of its front end, but in the files that are listed
    sets         a question about outcomes or codes is a column of their table, no list of names
    diagnostics  every diagnostic code has a section in docs/diagnostics.md, and no section is left over
    paths        what README.md and docs/*.md name in backticks as a path of this project exists
    links        what documents link to inside the project exists, and has the heading
    seam         apply/ changes the disk through apply/files.c only, so that tests/crash/ sees it all
    state        no variable outlives a run, which others may do beside it, but for those that are made once
    programs     programs are started in the files that are known to, and nowhere else
    exits        README.md lists the exit codes of exit_codes.def in its words, README.zh-CN.md their numbers
    names        what rules name is compared with the program in program/ only (and within rule/)
    messages     what people read passes base/message.h, with its text as the key
    heads        every source file begins with what it is for, and refers to no text outside of the project
    lock         the lock files of npm name no other registry than the public one, and what is pinned;
                 the packages in grammars/ are those
"""
import argparse
import base64
import json
import re
import subprocess
import sys
from pathlib import Path

LAYERS = "base source facts rule program solve edit patch apply report explain verify api engine data migrate manage cli".split()
# Front ends stand beside each other behind facts; one file of the program names them.
FRONT_ENDS = "python clang".split()
TABLE_OF_LANGUAGES = "cli/languages.c"
# Folders inside a layer, with the same rule: itself, earlier ones, and what lies above all of them.
ROOMS = {"python": "syntax pattern extract resolve style write".split(),
         "clang": "syntax extract unit resolve write".split(),
         "solve": "signature find escape decide judge part".split(),
         "cli": "serve lsp".split()}
# Headers that stay in one front end.
OWN_LIBRARIES = {"tree_sitter": "python", "clang-c": "clang"}
MOST_LINES = 600
MOST_LINES_OF_FUNCTION = 60
PUBLIC_REGISTRY = "https://registry.npmjs.org/"
# Folders of the layout that exist on a built or running tree only.
NOT_IN_THE_TREE = ("build", ".weft", "node_modules")


def sources(root):
    files = (root / "rewriter").rglob("*.[ch]")
    return sorted(f for f in files if not f.name.startswith("."))


def room_may_include(layer, room, name):
    rooms, parts = ROOMS.get(layer, []), name.split("/")
    if room not in rooms or len(parts) < 3:
        return True
    return rooms.index(parts[1]) <= rooms.index(room)


def may_include(file, layer, target):
    if target in FRONT_ENDS:
        return target == layer or file == TABLE_OF_LANGUAGES
    return LAYERS.index(target) <= LAYERS.index("facts" if layer in FRONT_ENDS else layer)


def linked_front_ends(root):
    """A layer is linked behind the one before it; what of ours it names besides would be a front end."""
    text = (root / "rewriter/CMakeLists.txt").read_text()
    for layer, depends in re.findall(r"^weft_layer\((\w+)([^)]*)\)", text, re.M):
        if layer in FRONT_ENDS or re.search(r"\bweft_(%s)\b" % "|".join(FRONT_ENDS), depends):
            yield f"rewriter/CMakeLists.txt: the layer {layer} is or links a front end"
    for layer in re.findall(r"^target_link_libraries\(weft_(\w+) [^)]*front_ends", text, re.M):
        if layer != TABLE_OF_LANGUAGES.split("/")[0]:
            yield f"rewriter/CMakeLists.txt: {layer} links the front ends"
    tests = (root / "tests/unit/CMakeLists.txt").read_text()
    for front_end, layers_with in re.findall(r"set\(layers_with_(%s) ([^)]*)\)" % "|".join(FRONT_ENDS), tests):
        for layer in layers_with.split():
            if LAYERS.index(layer) <= LAYERS.index("solve"):
                yield f"tests/unit/CMakeLists.txt: the unit tests of {layer} link {front_end}"


def layers(root, _options):
    yield from linked_front_ends(root)
    for file in sources(root):
        layer = file.relative_to(root / "rewriter").parts[0]
        if layer not in LAYERS + FRONT_ENDS:
            yield f"{file}: '{layer}' is not a layer"
            continue
        for number, line in enumerate(file.read_text().splitlines(), 1):
            include = re.match(r'\s*#\s*include\s+["<]([^">]+)[">]', line)
            if not include:
                continue
            name = include[1]
            target = name.split("/")[0]
            quoted = '"' in line.split("include")[1]
            if quoted and target not in LAYERS + FRONT_ENDS:
                yield f"{file}:{number}: write \"layer/file.h\" instead of \"{name}\""
            elif quoted and not may_include(str(file.relative_to(root / "rewriter")), layer, target):
                yield f"{file}:{number}: {layer} must not include {target}, a later layer or a front end"
            elif target == layer and not room_may_include(layer, file.parent.name, name):
                yield f"{file}:{number}: {file.parent.name}/ must not include {name}, of a later folder"
            elif OWN_LIBRARIES.get(target, layer) != layer:
                yield f"{file}:{number}: {target} stays in {OWN_LIBRARIES[target]}"
        if len(file.relative_to(root / "rewriter").parts) > 2 and file.parent.name not in ROOMS.get(layer, []):
            yield f"{file}: the folder {file.parent.name}/ has no place in the order of {layer}/ (ROOMS)"


def headers(root, options):
    flags = ["-std=c11", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Wpedantic", "-Werror",
             "-fsyntax-only", "-x", "c", f"-I{root / 'rewriter'}", "-isystem", str(options.grammar)]
    for file in sources(root):
        if file.suffix != ".h":
            continue
        name = file.relative_to(root / "rewriter")
        # Twice, so that a missing include guard shows too.
        text = f'#include "{name}"\n' * 2 + "typedef int weft_not_empty;\n"
        done = subprocess.run([options.compiler, *flags, "-"], input=text, text=True, capture_output=True)
        if done.returncode != 0:
            yield f"{file}: does not compile alone:\n{done.stderr}"


def circles(root, _options):
    """A header that is on the way of its own includes; include guards hide it from the compiler."""
    headers = {str(f.relative_to(root / "rewriter")): f for f in sources(root) if f.suffix == ".h"}
    includes = {name: [i for i in re.findall(r'^\s*#\s*include\s+"([^"]+)"', f.read_text(), re.M) if i in headers]
                for name, f in headers.items()}
    done = set()

    def walk(name, way):
        if name in way:
            yield f"{headers[name]}: includes itself: {' -> '.join(way[way.index(name):] + [name])}"
        elif name not in done:
            for inner in includes[name]:
                yield from walk(inner, way + [name])
            done.add(name)

    for name in includes:
        yield from walk(name, [])


# What such a function does needs no words.
SAYS_ITSELF = re.compile(r"\w+_(release|free|close|open|new|init|name|add)\(")


def declared(root, _options):
    start = re.compile(r"^(?!static|typedef|#|extern|return)[A-Za-z_][\w *]*\b\w+\(")
    for file in sources(root):
        lines = file.read_text().splitlines() if file.suffix == ".h" else []
        for number, line in enumerate(lines):
            if not start.match(line) or SAYS_ITSELF.search(line):
                continue
            # One comment may stand above several, and behind the end of one.
            above = number - 1
            while above >= 0 and lines[above].strip() and not lines[above].startswith(("//", "#")):
                above -= 1
            end = next(i for i in range(number, len(lines)) if ";" in lines[i])
            if not lines[above].startswith("//") and "//" not in lines[end]:
                yield f"{file}:{number + 1}: {line.split('(')[0]}() has no comment"


def sizes(root, _options):
    for file in [*sources(root), *sorted((root / "grammars").glob("*.[ch]"))]:
        lines, start = file.read_text().splitlines(), 0
        if len(lines) > MOST_LINES:
            yield f"{file}: {len(lines)} lines, more than {MOST_LINES}"
        for number, line in enumerate(lines):
            if re.match(r"[A-Za-z_].*\(", line) and not line.endswith(";"):
                start = number
            elif line == "}" and file.suffix == ".c" and number - start >= MOST_LINES_OF_FUNCTION:
                yield f"{file}:{start + 1}: a function of {number - start + 1} lines, more than {MOST_LINES_OF_FUNCTION}"


# Words that only one language has, as a program would compare them with a source, or write them into one.
OF_A_LANGUAGE = re.compile(
    r"^\W*(def|lambda|async|await|None|True|False|super|self|cls|getattr|setattr|isinstance|elif|except|NULL|struct|void|"
    r"typedef)\W*$|(?<![\w`])__\w+__|\b(functools|asyncio|typing|builtins|importlib|dataclasses|contextlib)\b|"
    r"^(from \S+ )?import |\.pyi?$|^#include|\*args|\*\*kw")
# Who may have them, and why.
HAVE_TEXT = {
    "facts/dump": "words of --dump=facts",
    "rule/": "what rule files and packs say: their runtime is Python, as are the trees that `detect` knows",
    "report/guess": "tables of libraries that `weft init` knows, and globs of their files",
    "data/": "tables of libraries of models; migrations that Alembic and Django run; SQL",
    "engine/": "SQL",
    "source/project_style.c": "settings of tools of a project",
    "source/discover.c": "folders where no sources lie",
    "verify/regression": "the suite of `verify --write-tests`, which is Python",
    "manage/monitor_files.c": "PromQL",
    "explain/function.c": "a word for people",
}


def literals(text):
    """The texts of a C source, each with its line; comments and includes apart."""
    for found in re.finditer(r"//[^\n]*|\"((?:[^\"\\\n]|\\.)*)\"|'(?:[^'\\]|\\.)*'", text):
        line = text[text.rfind("\n", 0, found.start()) + 1:found.start()]
        if found[1] is not None and not line.lstrip().startswith("#include"):
            yield text.count("\n", 0, found.start()) + 1, found[1]


def languages(root, _options):
    used = set()
    for file in sources(root):
        name = str(file.relative_to(root / "rewriter"))
        if name.startswith(tuple(f"{front_end}/" for front_end in FRONT_ENDS)):
            continue
        for number, text in literals(file.read_text()):
            # A sentence may speak of a language.
            if not OF_A_LANGUAGE.search(text) or len(re.findall(r"[A-Za-z']+", text)) > 3:
                continue
            listed = [prefix for prefix in HAVE_TEXT if name.startswith(prefix)]
            used.update(listed)
            if not listed:
                yield f"{file}:{number}: \"{text}\" is for a front end to say (facts/language.h)"
    for prefix in HAVE_TEXT.keys() - used:
        yield f"check.py: no file of {prefix} has a text of a language any more"


def sets(root, _options):
    is_outcome = r"[!=]=\s*OUTCOME_(?!COUNT)\w+"
    lists = re.compile(is_outcome + r"[^;{]*?(\|\||&&)[^;{]*?" + is_outcome)
    letters = re.compile(r"(\bname|\bcode\w*|diagnostic_code_name\([^()]*\))\[[01]\] *[!=]= *'[EWN0-9]'|DIAGNOSTIC_[EWN]\d+ *[<>]|"
                         r"[<>]=? *DIAGNOSTIC_[EWN]\d+")
    for file in sources(root):
        text = re.sub(r"//[^\n]*", lambda found: " " * len(found[0]), file.read_text())
        for found in [*lists.finditer(text), *letters.finditer(text)]:
            number = text.count("\n", 0, found.start()) + 1
            yield f"{file}:{number}: '{' '.join(found[0].split())}' is a question for a table (outcomes.def, diagnostic_codes.def)"


def diagnostics(root, _options):
    table = root / "rewriter/source/diagnostic_codes.def"
    codes = re.findall(r"^DIAGNOSTIC\((\w+),", table.read_text(), re.M)
    document = root / "docs/diagnostics.md"
    sections = re.findall(r"^#{2,3} ([EWN]\d+)\b", document.read_text(), re.M)
    for code in codes:
        if sections.count(code) != 1:
            yield f"{document}: {sections.count(code)} sections for {code} instead of one"
    for code in sections:
        if code not in codes:
            yield f"{document}: {code} is not in {table.name}"


def paths(root, _options):
    bases = (root, root / "rewriter")
    documents = [f for f in [root / "README.md", *sorted((root / "docs").glob("**/*.md"))] if f.exists()]
    for document in documents:
        for number, line in enumerate(document.read_text().splitlines(), 1):
            for name in re.findall(r"`([\w.@+-]+(?:/[\w.@+-]+)*/?)`", line):
                first = name.split("/")[0]
                if "/" not in name or first in NOT_IN_THE_TREE or "NAME" in name:
                    continue
                if any((b / first).exists() for b in bases) and \
                        not any((b / name).exists() for b in bases):
                    yield f"{document}:{number}: there is no '{name}'"


def anchors(document):
    """The names that a page of GitHub gives to the headings of DOCUMENT."""
    headings = re.findall(r"^#+ (.*)$", document.read_text(), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def links(root, _options):
    documents = [*root.glob("*.md"), root / "rules/README.md", *sorted((root / "docs").glob("**/*.md"))]
    for document in documents:
        for target, anchor in re.findall(r"\]\(([^)#\s]*)(?:#([^)\s]*))?\)", document.read_text()):
            if re.match(r"[a-z]+:", target):
                continue
            file = document.parent / target if target else document
            if not file.exists():
                yield f"{document}: there is no '{target}'"
            elif anchor and file.suffix == ".md" and anchor not in anchors(file):
                yield f"{document}: '{file.name}' has no heading '#{anchor}'"


def seam(root, _options):
    calls = re.compile(r"\b(open|openat|creat|write|pwrite|fsync|fdatasync|rename|renameat|link|mkdir|unlink|"
                       r"rmdir|unlinkat|mkdirat|linkat|chmod|fchmod|chown|fchown|truncate|ftruncate|fsetxattr|fremovexattr)\(")
    for file in sorted((root / "rewriter/apply").glob("*.c")):
        # The text in a lock is for people only; attributes.c is called by files.c alone.
        if file.name in ("files.c", "lock.c", "attributes.c"):
            continue
        for number, line in enumerate(file.read_text().splitlines(), 1):
            found = calls.search(line.split("//")[0])
            if found:
                yield f"{file}:{number}: {found[1]} belongs into files.c"


# Who may start a program: the user's pager, the user's editor, commands that the user allowed.
STARTERS = ("cli/output.c", "cli/editor.c", "verify/process.c", "manage/child.c")


# Filled once, behind a pthread_once; set by a signal; or atomic.
MADE_ONCE = {"kind_of_symbol", "field_of_id", "parser_key", "why_not"}
SHARED_BY_DESIGN = re.compile(r"pthread_once_t|sig_atomic_t|_Atomic|_Thread_local|^[^*]*\bconst\b[^*]*$|\*\s*const\s*$")


def state(root, _options):
    for file in sources(root):
        if file.parent.name == "cli":  # commands run alone
            continue
        for number, line in enumerate(file.read_text().splitlines(), 1):
            found = re.match(r"\s*static\s+([^(]*?)(\w+)(\[[^=;]*)?\s*(=.*|;.*)$", line)
            if found and not SHARED_BY_DESIGN.search(found[1]) and found[2] not in MADE_ONCE:
                yield f"{file}:{number}: several runs would share the variable '{found[2]}'"


def programs(root, _options):
    calls = re.compile(r"\b(exec[lv]p?e?|execvpe|fexecve|execveat|posix_spawnp?|popen|system|v?fork|clone3?|wordexp|"
                       r"dlopen|dlmopen|_Fork)\s*\(")
    for file in sources(root):
        name = str(file.relative_to(root / "rewriter"))
        for number, line in enumerate(file.read_text().splitlines(), 1):
            found = calls.search(line.split("//")[0])
            # libgit2 and the clients of servers are loaded by their fixed names, libclang by one that the user may give.
            loads = found and found[1] == "dlopen" and name in ("source/git_library.c", "engine/library.c",
                                                                              "clang/unit/library.c")
            if found and name not in STARTERS and not loads:
                yield f"{file}:{number}: {found[1]} starts a program or loads one"


def exits(root, _options):
    table = (root / "rewriter/cli/exit_codes.def").read_text()
    rows = re.findall(r'^EXIT_STATUS\(\w+, (\d+),\s*"([^"]*)"\)', table, re.M)
    english = re.findall(r"^\| (\d+) \| (.*) \|$", (root / "README.md").read_text(), re.M)
    chinese = re.findall(r"^\| (\d+) \| .* \|$", (root / "README.zh-CN.md").read_text(), re.M)
    if english != rows:
        yield f"{root / 'README.md'}: the exit codes are {rows}"
    if chinese != [number for number, _ in rows]:
        yield f"{root / 'README.zh-CN.md'}: the exit codes are {[number for number, _ in rows]}"


def names(root, _options):
    keys = re.findall(r"^NAMES_KEY\((\w+)\)", (root / "rewriter/rule/top_keys.def").read_text(), re.M)
    text = (r"(target|klass|field)\.text|(\.names|(\.|->)(models|targets|functions|except_functions|refuse|%s))\.items|"
            r"context(\.|->)(ambient|ambient_instance|accessor_decorator|type|tenant_path|cached_property)\b|"
            r"(->|\.)(each_call|each_body)\b|api(\.|->)(counter|instance|deprecate)\b" % "|".join(keys))
    compares = re.compile(r"\brule_names_match|\b(str_equal|str_is|str_starts_with|rule_name_matches)\([^;]*(" + text + ")")
    for file in sources(root):
        if file.relative_to(root / "rewriter").parts[0] in ("rule", "program"):
            continue
        for number, line in enumerate(file.read_text().splitlines(), 1):
            if compares.search(line.split("//")[0]):
                yield f"{file}:{number}: what a rule names is asked of program/name.h"


# What they write is no message: shell, man(7), versions, HTML, headers of a protocol, and bugs, which nobody translates.
NO_MESSAGES = ("cli/completion.c", "cli/manual.c", "cli/version.c", "report/html_data.c", "base/bug.c", "base/message.c",
               "cli/lsp/wire.c", "cli/serve/http_server.c", "cli/serve/page_server.c", "cli/serve/metrics_server.c", "cli/serve/plain_page.c", "explain/dot.c")
# Titles of steps are part of a plan file, whoever reads it; the rest are the functions that format at all.
FORMATTERS = ("base/", "data/planner.c")
PRINTERS = "printf fprintf puts fputs argp_error argp_failure".split()
# In files that write pages for people, also what is put together first.
BUILDERS = "strbuf_addf strbuf_add_text".split()
TOKEN = re.compile(r"//[^\n]*|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\]|\\.)*'|\w+|\S")
WORDS = re.compile(r"[A-Za-z']{2,}[,:;]? [A-Za-z'`%]{2,}")


def unmarked_words(text, start):
    """The first literal with two words of the call whose parenthesis is at START, outside of message_text()."""
    callees, before = [], None
    for token in (m.group() for m in TOKEN.finditer(text, start)):
        if token == "(":
            callees.append(before)
        elif token == ")":
            callees.pop()
            if not callees:
                return None
        elif token[0] == '"' and WORDS.search(token) and "message_text" not in callees:
            return token
        before = token
    return None


def messages(root, _options):
    for file in sources(root):
        name, text = str(file.relative_to(root / "rewriter")), file.read_text()
        if name in NO_MESSAGES:
            continue
        page = name.startswith(("cli/", "explain/")) or name.endswith("_text.c") and not name.startswith("data/")
        for call in re.finditer(r"\b(%s)\s*\(" % "|".join(PRINTERS + (BUILDERS if page else [])), text):
            words = unmarked_words(text, call.end() - 1)
            if words:
                line = text.count("\n", 0, call.start()) + 1
                yield f"{file}:{line}: {words} is a message: message_print, message_add or option_refuse"
        for call in re.finditer(r"\bstrbuf_addv\(", text):
            if not name.startswith(FORMATTERS):
                line = text.count("\n", 0, call.start()) + 1
                yield f"{file}:{line}: message_addv looks a format up"


def heads(root, _options):
    outside = re.compile(r"\b(pitfall|issue) \d|\bthe design's\b|\busers'? (migration )?guide\b", re.I)
    for file in sources(root):
        lines = file.read_text().splitlines()
        if not lines or not lines[0].startswith("//"):
            yield f"{file}: its first line does not say what it is for"
        for number, line in enumerate(lines, 1):
            comment = line.partition("//")[2]
            if outside.search(comment):
                yield f"{file}:{number}: refers to a text that is not here"


def lock(root, _options):
    for folder in ("grammars", "web", "editors/vscode"):
        file = root / folder / "package-lock.json"
        packages = json.loads(file.read_text())["packages"]
        for name, package in packages.items():
            if name and "integrity" not in package:
                yield f"{file}: '{name}' has no integrity"
            if not package.get("resolved", PUBLIC_REGISTRY).startswith(PUBLIC_REGISTRY):
                yield f"{file}: '{name}' comes from {package['resolved']}"
        wanted = json.loads((root / folder / "package.json").read_text())
        pins = {**wanted["dependencies"], **wanted.get("devDependencies", {})}
        for name, version in pins.items():
            found = packages.get("node_modules/" + name, {}).get("version")
            if found != version:
                yield f"{file}: '{name}' is {found}, but package.json pins {version}"
            if folder == "grammars":
                sum_ = base64.b64decode(packages["node_modules/" + name]["integrity"].removeprefix("sha512-"))
                if sum_.hex() not in (root / "grammars/CMakeLists.txt").read_text():
                    yield f"{root}/grammars/CMakeLists.txt: not the SHA-512 of '{name}' in {file.name}"


def cases(root, _options):
    used = set()
    for case in sorted((root / "tests/cases").glob("*/*.d")):
        shows = case / "shows"
        lines = shows.read_text().splitlines() if shows.exists() else []
        if len(lines) != 1 or not lines[0].endswith("."):
            yield f"{case}: its file 'shows' has to say in one sentence what the case shows"
        if (case / "rules").exists():
            used.add((case / "rules").read_text().strip())
    for rules in sorted((root / "tests/cases/shared/rules").glob("*.yml")):
        if rules.stem not in used:
            yield f"{rules}: no case uses these rules"


CHECKS = {check.__name__: check for check in (layers, circles, headers, declared, sizes, languages, sets, diagnostics, paths, links, seam, state,
                                              programs, exits, names, messages, heads, lock, cases)}


def main():
    parser = argparse.ArgumentParser(description="check the project's own files")
    parser.add_argument("name", choices=CHECKS)
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parents[2])
    parser.add_argument("--compiler", default="cc")
    parser.add_argument("--grammar", type=Path, help="headers: folder of tree_sitter/api.h")
    options = parser.parse_args()
    mistakes = list(CHECKS[options.name](options.root, options))
    for mistake in mistakes:
        print(mistake)
    return 1 if mistakes else 0


if __name__ == "__main__":
    sys.exit(main())
