"""Two tenants do not see each other. Written by `weft verify --write-tests`.

Run it in the root of the tree:  python3 -m pytest FOLDER
A test is skipped when the tree needs a package that is not installed.

WEFT_DATABASE names a database that `weft data` has migrated, or a copy of it; WEFT_BACKUP the backup from before. Then
each old row has one owner whose context sees it, and a tenant that owns none sees none. Nothing is written.
"""

import asyncio
import contextlib
import importlib
import os
import sys
from pathlib import Path

import pytest

HERE, ROOT = Path(__file__).resolve().parent, Path.cwd()
sys.path[:0] = [str(ROOT), str(HERE)]
TENANTS = ("weft-tenant-a", "weft-tenant-b")
SKIPPED = {}  # modules that cannot be imported here: why
IMMUTABLE = (type(None), bool, int, float, complex, str, bytes, tuple, frozenset)


def is_foreign(module):
    top = module.partition(".")[0]
    return not (ROOT / top).exists() and not (ROOT / f"{top}.py").exists()


@contextlib.contextmanager
def installed_packages():
    try:
        yield
    except ModuleNotFoundError as missing:
        if missing.name is None or not is_foreign(missing.name):
            raise
        pytest.skip(f"the package {missing.name} is not installed")
    except SystemExit as end:
        pytest.skip(f"an import ended the program: {end}")


def import_module(name):
    """As Python does, but a second attempt finds nothing that a failed one left behind."""
    if name in SKIPPED:
        pytest.skip(SKIPPED[name])
    known = set(sys.modules)
    try:
        with installed_packages():
            return importlib.import_module(name)
    except BaseException as failure:
        for module in set(sys.modules) - known:
            if not is_foreign(module):
                del sys.modules[module]
        if isinstance(failure, pytest.skip.Exception):
            SKIPPED[name] = str(failure)
        raise


def load(dotted):
    """What a dotted name means: an attribute of the longest part that is a module."""
    parts = dotted.split(".")
    for end in range(len(parts) - 1, 0, -1):
        name = ".".join(parts[:end])
        try:
            value = import_module(name)
        except ModuleNotFoundError as missing:
            if missing.name and f"{name}.".startswith(f"{missing.name}."):
                continue
            raise
        for attribute in parts[end:]:
            value = getattr(value, attribute)
        return value
    return pytest.fail(f"the tree has no {dotted}")


def support():
    if not (HERE / "weft_support.py").exists():
        pytest.skip("the rule pack does not say how to write a row")
    return importlib.import_module("weft_support")


@pytest.fixture(autouse=True, scope="session")
def prepared():
    """What the pack does before anything of the tree is imported."""
    if (HERE / "weft_support.py").exists():
        getattr(support(), "prepare", lambda: None)()


def context(tenant):
    return load("iso.Context")(tenant)


def run(check):
    """In an event loop, since constructors may start tasks."""

    async def main():
        check()

    with installed_packages():
        asyncio.run(main())


def check_apart(make):
    mine, again, theirs = (make(context(tenant)) for tenant in (TENANTS[0], TENANTS[0], TENANTS[1]))
    if isinstance(mine, IMMUTABLE):
        pytest.skip(f"a value of type {type(mine).__name__} cannot be told from its equals")
    assert mine is again, "one tenant gets two objects"
    assert mine is not theirs, "two tenants share an object"


def named(*rows):
    return [pytest.param(*row, id="-".join(str(part) for part in row[:2])) for row in rows]


# One object for each tenant: (family, accessor).
ACCESSORS = named(
    ("memory", "bot.get_isolated_bots"),
)

# What stands where all tenants read one object: (family, rule, expression).
REPLACEMENTS = named(
    ("config_system", "config", lambda context: load("iso.get_settings")(context)),
)

# Rows: (family, model, how queries are limited to a tenant).
MODELS = named(
    ("database_access", "models.Message", lambda model, context: load("iso.scoped")(model, context)),
)


@pytest.mark.parametrize(("family", "name"), ACCESSORS)
def test_each_tenant_has_an_object_of_its_own(family, name):
    accessor = load(name)
    run(lambda: check_apart(accessor))


@pytest.mark.parametrize(("family", "rule", "make"), REPLACEMENTS)
def test_what_is_read_belongs_to_the_tenant(family, rule, make):
    run(lambda: check_apart(make))


@pytest.mark.parametrize(("family", "name", "scoped"), MODELS)
def test_rows_of_one_tenant_are_not_seen_by_another(family, name, scoped):
    rows = support()
    model = load(name)
    with installed_packages(), rows.database(model):
        mine, theirs = (scoped(model, context(tenant)) for tenant in TENANTS)
        rows.write(model, mine)
        assert (rows.count(mine), rows.count(theirs)) == (1, 0)
        rows.write(model, theirs)
        assert (rows.count(mine), rows.count(theirs)) == (1, 1)


@pytest.mark.parametrize(("family", "name", "scoped"), MODELS)
def test_old_rows_are_seen_by_their_owners_and_nobody_else(family, name, scoped):
    path, rows = os.environ.get("WEFT_DATABASE"), support()
    if not path:
        pytest.skip("WEFT_DATABASE names no database")
    if not hasattr(rows, "opened"):
        pytest.skip("the rule pack does not say how to open a database")
    model = load(name)
    with installed_packages(), rows.opened(model, path):
        seen = [key for owner in rows.owners(model) for key in rows.keys(scoped(model, owner))]
        stranger = rows.count(scoped(model, context(TENANTS[0])))
        every = set(rows.keys(model))
    with installed_packages(), rows.opened(model, os.environ.get("WEFT_BACKUP") or path):
        old = set(rows.keys(model))
    assert len(seen) == len(set(seen)), "a row is seen by two owners"
    assert set(seen) == every, f"rows without an owner: {sorted(every - set(seen))[:5]}"
    assert old <= every, f"old rows are gone: {sorted(old - every)[:5]}"
    assert stranger == 0, "a tenant without rows sees some"
