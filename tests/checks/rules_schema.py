#!/usr/bin/python3
"""Checks docs/schema/rules.schema.json against the loader: rule files that weft takes are valid, and rule
files whose form it refuses (unknown key, wrong type, missing key) are not.

    tests/checks/rules_schema.py --root . --weft build/release/weft
"""
import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml
from jsonschema import Draft202012Validator

# Mistakes of form, which a schema can see; E407 is about values and only partly visible.
FORM = re.compile(r"error\[(E402|E404|E406)\]")
# A pack must not have what weft.yml may have, and the reverse; one schema is for both.
ONLY_ONE_KIND = {"verify/commands-of-a-pack-are-refused.d", "rules/extends-mistakes.d"}


class Loader(yaml.SafeLoader):
    """YAML 1.2 as weft reads it: yes and on are texts, dates too."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers
            if tag not in ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false|True|False)$"), list("tTfF"))


def rule_files(root):
    """Every rule file of the project, and whether its form is wrong (None: nothing is known)."""
    for file in sorted(root.glob("rules/*/*.yml")) + sorted(root.glob("tests/cases/shared/rules/*.yml")):
        yield file, False
    for case in sorted(root.glob("tests/cases/*/*.d")):
        if str(case.relative_to(root / "tests/cases")) in ONLY_ONE_KIND:
            continue
        stderr = case / "expected.stderr"
        said = stderr.read_text(errors="replace") if stderr.exists() else ""
        for name, shown in (("rules.yml", "{rules}"), ("input/weft.yml", "weft.yml")):
            if not (case / name).exists():
                continue
            broken = any(FORM.search(line) for line in said.splitlines() if line.startswith(shown + ":"))
            if broken or "error[E4" not in said:
                yield case / name, broken


def starter_is_good(weft, folder, validator):
    """What `weft rules new` makes is valid and passes its own test; a second time it is left alone."""
    pack = Path(folder) / "packs" / "mine"
    first = subprocess.run([weft, "rules", "new", str(pack)], capture_output=True, text=True)
    test = subprocess.run([weft, "rules", "test", str(pack)], capture_output=True, text=True)
    again = subprocess.run([weft, "rules", "new", str(pack)], capture_output=True, text=True)
    errors = list(validator.iter_errors(yaml.load((pack / "mine.yml").read_text(), Loader)))
    for_c = subprocess.run([weft, "rules", "new", "--language", "c", str(pack.with_name("daemon"))],
                           capture_output=True, text=True)
    if for_c.returncode == 0:
        starter = (pack.with_name("daemon") / "daemon.yml").read_text()
        errors += validator.iter_errors(yaml.load(starter, Loader))
        # What is a comment in it is valid as well.
        body = starter[starter.index("version: 1"):]
        errors += validator.iter_errors(yaml.load(re.sub(r"(?m)^( *)# ( *- \{|[a-z_]+:)", r"\1\2", body), Loader))
    codes = [first.returncode, test.returncode + for_c.returncode, again.returncode]
    if codes == [0, 0, 2] and not errors and "1 passed, 0 failed" in test.stdout:
        return True
    print("weft rules new:", codes, errors, first.stderr, test.stdout, test.stderr, again.stderr, for_c.stderr)
    return False


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--weft", required=True)
    options = parser.parse_args()
    text = (options.root / "docs/schema/rules.schema.json").read_text()
    schema = json.loads(text)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    wrong, good, bad = 0, 0, 0
    for file, broken in rule_files(options.root):
        errors = list(validator.iter_errors(yaml.load(file.read_text(), Loader)))
        good, bad = good + (not broken), bad + broken
        if broken and not errors:
            print(f"{file}: weft refuses its form, the schema takes it")
        elif errors and not broken:
            print(f"{file}: weft takes it, the schema says: {errors[0].json_path}: {errors[0].message}")
        else:
            continue
        wrong += 1
    shown = subprocess.run([options.weft, "rules", "schema"], capture_output=True, text=True, check=True)
    if shown.stdout != text:
        print("weft rules schema prints something else than docs/schema/rules.schema.json")
        wrong += 1
    with tempfile.TemporaryDirectory() as folder:
        wrong += not starter_is_good(options.weft, folder, validator)
    print(f"{good} valid and {bad} invalid rule files")
    return 1 if wrong or good < 20 or bad < 3 else 0


if __name__ == "__main__":
    sys.exit(main())
