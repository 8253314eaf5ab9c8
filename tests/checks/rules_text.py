#!/usr/bin/python3
"""Whether docs/schema/rules.schema.json says of each key what docs/rules.md says of it: editors show it. --update writes it.

A map of the schema is the section of the page whose table has all of its keys.
"""
import argparse
import json
import re
import sys
from pathlib import Path

CELLS = re.compile(r"(?<!\\)\|")
LINK = re.compile(r"\[((?:[^\[\]]|\[[^\]]*\])+)\]\([^)]*\)")


def sections_of(page):
    """[(heading, {key: what is said of it})]"""
    sections = []
    for line in page.splitlines():
        if line.startswith("#"):
            sections.append((line.strip("# "), {}))
        elif line.startswith("| `") and sections:
            cells = [cell.strip() for cell in CELLS.split(line.strip())[1:-1]]
            text = re.sub(r"\s*See below\.?", "", LINK.sub(r"\1", cells[-1])).replace("\\|", "|").strip()
            if len(cells) > 2 and cells[1]:
                value = LINK.sub(r"\1", cells[1])
                text = f"{value}: {text}" if text else value
            for key in re.findall(r"`([^`]+)`", cells[0]):
                sections[-1][1].setdefault(key, text)
    return sections


def maps_of(node, path=()):
    """Every map of the schema with keys of its own."""
    if isinstance(node, dict):
        if isinstance(node.get("properties"), dict) and not {"if", "then", "else", "remove"} & set(path):
            yield path, node
        for key, value in node.items():
            yield from maps_of(value, (*path, key))
    elif isinstance(node, list):
        for i, value in enumerate(node):
            yield from maps_of(value, (*path, str(i)))


def describe(schema, sections):
    by_heading = dict(sections)
    for path, node in maps_of(schema):
        keys = set(node["properties"])
        heading, texts = max(sections, key=lambda section: len(keys & set(section[1])))
        if path[-1:] == ("constraint",):
            texts = {**by_heading["code patterns"], **by_heading["constraints"]}
        if not keys <= set(texts) or len(keys) < 2:
            continue
        for key in keys:
            node["properties"][key] = {**node["properties"][key], "description": texts[key]}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", required=True, type=Path)
    parser.add_argument("--update", action="store_true")
    options = parser.parse_args()
    path = options.root / "docs/schema/rules.schema.json"
    text = path.read_text()
    schema = json.loads(text)
    describe(schema, sections_of((options.root / "docs/rules.md").read_text()))
    wanted = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
    if options.update:
        path.write_text(wanted)
    elif wanted != text:
        print(f"{path}: keys are not described as in docs/rules.md; tests/checks/rules_text.py --root . --update")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
