"""Which messages the sources have: the English texts that weft looks up in a catalogue (base/message.h).

xgettext takes only the first text of `a ? "one" : "two"`, and sees neither tables nor constants of the preprocessor that
are put together; hence this. The functions that take messages are those that the sources declare as printf-like, but for
the few in NOT_SAID, and message_text().
"""

import re

TOKEN = re.compile(r"//[^\n]*|/\*.*?\*/|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\]|\\.)*'|[A-Za-z_]\w*|\d[\w.]*|\S", re.S)
PRINTF_LIKE = re.compile(r"\b(\w+)\s*\(([^;{}]*?)\)\s*__attribute__\(\(format\(printf, (\d+), \d+\)\)\)", re.S)
# What they put together is said by others, if at all: texts, edits of programs, plans for data, bugs.
NOT_SAID = {"strbuf_addf", "strbuf_addv", "message_addv", "arena_format", "bug_abort", "weave_take", "planner_step", "log_line"}
# Other texts with two words are messages, too: they are arguments of such functions ("cannot use '%s': %s"), and looked
# up when they arrive there. But not in these files, whose texts are SQL, code, markup, keys, or data that others read ..
NOT_MESSAGES = re.compile(
    r"embed/|base/(?!json)|(clang|python)/(syntax|write)/|python/resolve/|patch/diff|api/change\.c|apply/journal\.c|"
    r"cli/(commands|completion|manual|version|output|run_json|lsp/(wire|server)|serve/)|"
    r"data/(dialect|distribute|emit|planner|propose|table_text|value|model_orm|migration_json|model\.c)|"
    r"engine/(mariadb|postgresql|sqlite)|migrate/(grants|ledger|measure|rebuild|checksum|export|batch\.c|backup_moment|catalog_)|"
    r"manage/(monitor_|checklist_names|preflight_server|view_html)|"
    r"report/(guess|format_(sarif|junit|github|dot|json|csv|gitlab)|html|plan_dump|solution_dump|baseline|bundle|model_file)|"
    r"facts/dump|explain/dot|verify/(regression|trust)|source/(blob_id|bundle|cache|shard)|edit/(weave|comment)|solve/solution_image")
# .. nor what goes to these.
NOT_TAKEN = set("BUG BUG_UNLESS _Static_assert bug_abort strbuf_addf strbuf_add_text arena_format snprintf fscanf fputs execute "
                "weave_take planner_step profile_enter add_places run_program has_words str_is walk_mark".split())
WORDS = re.compile(r"[A-Za-z']{2,}[,:;]? [A-Za-z'`%]{2,}")
SQL = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|PRAGMA|ATTACH|DETACH|SET|START|ORDER|GROUP) [A-Z(?]|"
                 r"^(SELECT|PRAGMA|DETACH) |concat\(|nullif\(| WHERE |^import |^weft \w+$|^BEGIN |BEFORE AFTER|\w \| \w|^ [a-z_]+ .* $")
# Rows of tables: how a row begins, and which fields of it are messages.
DEF_ROWS = {"DIAGNOSTIC": [3], "EXIT_STATUS": [2], "OUTCOME": [6, 7, 8], "TASK": [2], "API_CHANGE": [2]}
INTEGERS = {"PRIu64": "lu", "PRId64": "ld", "PRIx64": "lx", "PRIu32": "u", "PRIuPTR": "lu"}
ESCAPES = {"n": "\n", "t": "\t", "v": "\v", "r": "\r", "\\": "\\", '"': '"', "'": "'", "0": "\0"}


def unescaped(literal):
    def one(match):
        code = match.group(1)
        return bytes.fromhex(code[1:]).decode("latin-1") if code[0] == "x" else chr(int(code, 8)) if code[0].isdigit() \
            and len(code) > 1 else ESCAPES[code]
    return re.sub(r"\\(x[0-9a-fA-F]{2}|[0-7]{1,3}|.)", one, literal[1:-1])


class Source:
    def __init__(self, path, text):
        self.path = path
        self.text = text.replace("\\\n", " \n")
        self.tokens = [m for m in TOKEN.finditer(self.text) if not m.group().startswith(("//", "/*"))]
        self.words = [m.group() for m in self.tokens]

    def line(self, index):
        return self.text.count("\n", 0, self.tokens[index].start()) + 1

    def fields(self, opening):
        """The token ranges between the commas behind the bracket at OPENING, and where it closes."""
        depth, begin, found = 0, opening + 1, []
        for index in range(opening, len(self.words)):
            word = self.words[index]
            if word in "([{":
                depth += 1
            elif word in ")]}":
                depth -= 1
                if depth == 0:
                    found.append((begin, index))
                    return found
            elif word == "," and depth == 1:
                found.append((begin, index))
                begin = index + 1
        return found


def defines(sources):
    """Names of the preprocessor that are texts: {file: {name: words}}, and those of headers for all."""
    own, shared = {}, {}
    for source in sources:
        for match in re.finditer(r"^#define (\w+) +((?:\"(?:[^\"\\\n]|\\.)*\"|[A-Z_0-9]+|\s(?!\n))(?:.|\n(?= {3,}\"))*)$",
                                 source.text, re.M):
            words = [m.group() for m in TOKEN.finditer(match.group(2))]
            if any(word[0] == '"' for word in words) and all(re.match(r'"|[A-Z_0-9]+$', word) for word in words):
                (shared if source.path.suffix == ".h" else own.setdefault(source.path, {}))[match.group(1)] = words
    return own, shared


class Reader:
    def __init__(self, sources):
        self.sources = sources
        self.own, self.shared = defines(sources)
        self.takers = {"message_text": 1}
        for source in sources:
            for match in PRINTF_LIKE.finditer(re.sub(r"//[^\n]*", "", source.text)):
                if match.group(1) not in NOT_SAID:
                    self.takers[match.group(1)] = int(match.group(3))
        self.found = {}  # message: the place of its first use
        self.literals = {unescaped(word) for source in sources for word in source.words if word[0] == '"'}

    def joined(self, source, words):
        """The text that WORDS are, or None when they are something else."""
        text = ""
        for word in words:
            if word[0] == '"':
                text += unescaped(word)
            elif word in INTEGERS:
                text += INTEGERS[word]
            else:
                meant = self.own.get(source.path, {}).get(word) or self.shared.get(word)
                more = self.joined(source, meant) if meant else None
                if more is None:
                    return None
                text += more
        return text if words else None

    def texts(self, source, begin, end):
        """All texts that the expression between two tokens can be."""
        words = source.words
        while end - begin > 1 and words[begin] == "(" and source.fields(begin)[-1][1] == end - 1:
            begin, end = begin + 1, end - 1
        depth, question, pending = 0, None, 0
        for index in range(begin, end):
            word = words[index]
            depth += (word in "([{") - (word in ")]}")
            if depth == 0 and word == "?":
                question = index if question is None else question
                pending += 1
            elif depth == 0 and word == ":" and question is not None:
                pending -= 1
                if pending == 0:
                    return self.texts(source, question + 1, index) + self.texts(source, index + 1, end)
        text = self.joined(source, words[begin:end])
        return [text] if text is not None else []

    def add(self, source, index, texts):
        for text in texts:
            if re.search(r"[A-Za-z]{2}|[A-Za-z]\b", re.sub(r"%[-+ #0-9.*]*[hlzjt]*[a-zA-Z]", "", text)):
                self.found.setdefault(text, f"{source.path}:{source.line(index)}")

    def read_calls(self, source):
        for index, word in enumerate(source.words[:-1]):
            if word in self.takers and source.words[index + 1] == "(":
                fields = source.fields(index + 1)
                number = self.takers[word] - 1
                if number < len(fields):
                    self.add(source, index, self.texts(source, *fields[number]))
            elif word in DEF_ROWS and source.path.suffix == ".def" and source.words[index + 1] == "(":
                fields = source.fields(index + 1)
                for number in DEF_ROWS[word]:
                    if number < len(fields):
                        self.add(source, index, self.texts(source, *fields[number]))

    def read_tables(self, source):
        """Rows of argp: {"name", KEY, "ARG", flags, "what it does", group}, {OPTIONS, parse, "ARGS", "about", ..}; rows
        of commands: {"name", function, "what it does", ..}."""
        commands = source.path.name == "commands.c"
        for index, word in enumerate(source.words):
            if word != "{":
                continue
            fields = source.fields(index)
            first = source.words[fields[0][0]] if fields and fields[0][1] > fields[0][0] else ""
            if len(fields) in (5, 6) and (first[0:1] == '"' or first == "NULL") and source.words[fields[1][0]][0] != '"':
                hidden = "OPTION_HIDDEN" in source.words[slice(*fields[3])]
                self.add(source, index, [] if hidden or commands else self.texts(source, *fields[4]))
            elif len(fields) >= 4 and source.words[fields[1][0]].startswith("parse"):
                for text in self.texts(source, *fields[3]):
                    self.add(source, index, re.split(r"\v|\n\n", text))
            if commands and len(fields) >= 3 and first[0:1] == '"':
                self.add(source, index, self.texts(source, *fields[2]))

    def read_rest(self, source):
        stack, index, words = [], 0, source.words
        while index < len(words):
            if words[index] == "(":
                stack.append(words[index - 1])
            elif words[index] == ")" and stack:
                stack.pop()
            if words[index][0] != '"':
                index += 1
                continue
            end = index
            while end < len(words) and (words[end][0] == '"' or words[end] in INTEGERS):
                end += 1
            text = self.joined(source, words[index:end])
            callee = next((name for name in reversed(stack) if re.match(r"\w{2,}$", name)), "")
            if text and WORDS.search(text) and callee not in NOT_TAKEN and not SQL.search(text) and not self.is_found(source, text):
                self.add(source, index, [text])
            index = end

    def is_found(self, source, text):
        """Of command lines as a part, too: their tables put texts together, and have paragraphs."""
        in_table = source.path.parts[-2] == "cli" and ("\v" in text or "\n\n" in text or
                                                       any(text in other for other in self.found))
        return text in self.found or in_table

    def read(self):
        for source in self.sources:
            self.read_calls(source)
            if source.path.parts[-2] == "cli":
                self.read_tables(source)
        for source in self.sources:
            if source.path.suffix == ".c" and not NOT_MESSAGES.search(str(source.path)):
                self.read_rest(source)
        return self.found


def messages_of(root):
    """{message: "file:line"} of the sources below ROOT/rewriter, and all single literals that they have."""
    files = sorted(path for path in (root / "rewriter").rglob("*") if path.suffix in (".c", ".h", ".def"))
    reader = Reader([Source(path.relative_to(root), path.read_text()) for path in files])
    return reader.read(), reader.literals
