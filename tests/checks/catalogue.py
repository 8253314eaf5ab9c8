#!/usr/bin/env python3
"""Whether po/zh_CN.po has every message of the sources, and no other, each translated into Chinese as Chinese is set.

    tests/checks/catalogue.py            what is missing, and where the sources say it
    tests/checks/catalogue.py --update   writes the missing entries, empty, and takes out those that nobody says any
                                         more; then fill in their msgstr, and run it again
"""

import argparse
import re
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from messages_of import messages_of  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
CONVERSION = re.compile(r"%(?:\d+\$)?[-+ #0-9.*$]*(?:[hlzjt]*)[diouxXeEfFgGcsp%]")
# Marks of English beside a Chinese character; "E902：" and "`weft apply`" are no such place.
HALF_WIDTH = re.compile(r"[一-鿿][,;!?]|[,;!?][一-鿿]|[一-鿿]:(?!\d)|[一-鿿]\(|\)[一-鿿]")
# 进程 is a process of the system, and neither a course nor progress; 架构 is no schema of a database.
WORDS = {"进程": ("process", "pid"), "缺省值": ("default",)}
HEAD = '''# 简体中文。One entry a message: CONTRIBUTING.md, "A message".
msgid ""
msgstr ""
"Project-Id-Version: weft\\n"
"PO-Revision-Date: 2026-11-30 22:00+0000\\n"
"Last-Translator: weft\\n"
"Language-Team: weft\\n"
"Language: zh_CN\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
'''
ESCAPES = {"\n": "\\n", "\t": "\\t", "\v": "\\v", "\r": "\\r", "\\": "\\\\", '"': '\\"'}
BACK = {value[1]: key for key, value in ESCAPES.items()}


def quoted(text):
    return '"' + "".join(ESCAPES.get(character, character) for character in text) + '"'


def unquoted(literal):
    return re.sub(r"\\(.)", lambda match: BACK[match.group(1)], literal[1:-1])


def field(name, text):
    """A text of several lines stands below its name, a line each."""
    lines = text.splitlines(keepends=True)
    return f"{name} {quoted(text)}\n" if len(lines) < 2 else f'{name} ""\n' + "".join(quoted(line) + "\n" for line in lines)


def read(path):
    """{msgid: msgstr}, and the entries that say they are formats."""
    entries, formats, current, name, flags = {}, set(), {}, None, ""
    for line in path.read_text().splitlines() + [""]:
        if not line.strip():
            if "msgid" in current:
                entries[current["msgid"]] = current.get("msgstr", "")
                if "c-format" in flags:
                    formats.add(current["msgid"])
            current, flags = {}, ""
        elif line.startswith("#"):
            flags += line if line.startswith("#,") else ""
        else:
            if not line.startswith('"'):
                name, line = line.split(" ", 1)
            current[name] = current.get(name, "") + unquoted(line)
    entries.pop("", None)
    return entries, formats


def is_format(text):
    return bool(CONVERSION.search(text))


def write(path, entries):
    parts = [HEAD]
    for key in sorted(entries):
        parts.append(("#, c-format\n" if is_format(key) else "") + field("msgid", key) + field("msgstr", entries[key]))
    path.write_text("\n".join(parts))


def faults(path, messages, literals, entries, formats):
    for key, place in messages.items():
        if not entries.get(key):
            yield f"{place}: {quoted(key)} has no translation in {path.name}"
    for key, text in entries.items():
        if key not in messages and key not in literals:
            yield f"{path.name}: nobody says {quoted(key)} any more"
        if is_format(key) != (key in formats):
            yield f"{path.name}: {quoted(key)} {'needs' if is_format(key) else 'is no format and has'} the line '#, c-format'"
        mark = HALF_WIDTH.search(CONVERSION.sub("", text))
        if mark:
            yield f"{path.name}: {quoted(text)} has a mark of English: '{mark.group()}'"
        for word, english in WORDS.items():
            if word in text and not any(each in key.lower() for each in english):
                yield f"{path.name}: {quoted(text)} says {word}, which docs/glossary.zh-CN.md does not mean here"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--root", type=Path, default=ROOT)
    options = parser.parse_args()
    path = options.root / "po/zh_CN.po"
    messages, literals = messages_of(options.root)
    entries, formats = read(path)
    if options.update:
        kept = {key: text for key, text in entries.items() if key in literals}
        write(path, {**kept, **{key: entries.get(key, "") for key in messages}})
        empty = [key for key in messages if not entries.get(key)]
        print(f"{path}: {len(empty)} to translate" + "".join(f"\n  {quoted(key)}" for key in empty))
        return 0
    found = list(faults(path, messages, literals, entries, formats))
    for fault in found:
        print(fault)
    if found:
        print("`tests/checks/catalogue.py --update` adds the missing entries and takes the others out; CONTRIBUTING.md, "
              "\"A message\", says what to write")
    checked = subprocess.run(["msgfmt", "--check", "--output-file=/dev/null", path], stderr=subprocess.PIPE, text=True)
    print(checked.stderr, end="")
    print(f"{len(messages)} messages, {len(entries)} entries")
    return 1 if found or checked.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
