"""A path has a place for each tenant."""

import os
from pathlib import Path

import pytest
from isolation import DEFAULT_CONTEXT, IsolationContext, tenant_path

ANN, BOB = IsolationContext("ann", "mai"), IsolationContext("bob", "mai")
INTO = "data/{tenant_id}/pictures"


@pytest.fixture(autouse=True)
def in_a_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_the_default_context_keeps_its_files():
    assert tenant_path("data/pictures", INTO, DEFAULT_CONTEXT) == "data/pictures"
    assert not os.path.exists("data")


def test_others_have_their_own_and_it_can_be_written_to():
    for context in ANN, BOB:
        path = tenant_path(
            "data/pictures/x.txt", INTO, context, below="data/pictures"
        )
        Path(path).write_text(context.tenant_id)
    assert Path("data/ann/pictures/x.txt").read_text() == "ann"
    assert Path("data/bob/pictures/x.txt").read_text() == "bob"


def test_a_folder_is_made_where_the_default_has_one():
    os.makedirs("data/pictures")
    assert os.listdir(tenant_path("data/pictures", INTO, ANN)) == []


def test_a_path_object_stays_one():
    path = tenant_path(Path("data") / "pictures" / "x", INTO, ANN, below="data/pictures")
    assert path == Path("data/ann/pictures/x") and isinstance(path, Path)


def test_the_path_itself_can_be_part_of_the_place():
    assert tenant_path("cache", "{path}/{tenant_id}/{agent_id}", ANN) == "cache/ann/mai"


def test_only_what_is_named_tells_default_from_others():
    other_agent = IsolationContext("default", "other")
    assert tenant_path("cache", "{path}/{tenant_id}", other_agent) == "cache"
    assert tenant_path("cache", "{path}/{tenant_id}/{agent_id}", other_agent) == (
        "cache/default/other"
    )


def test_folders_above_may_be_called_the_same(tmp_path):
    root = tmp_path / "data"
    path = tenant_path(root / "data" / "x", "data/{tenant_id}", ANN, below="data")
    assert path == root / "data" / "ann" / "x"
    assert tenant_path("./data/y/data/x", "data/{tenant_id}", ANN, below="data") == (
        "./data/ann/y/data/x"
    )


def test_what_begins_elsewhere_stays():
    assert tenant_path("database/x", "data/{tenant_id}", ANN, below="data") == "database/x"


def test_an_absolute_place_is_where_it_says(tmp_path):
    into = f"{tmp_path}/all/{{tenant_id}}"
    assert tenant_path("some/data/x", into, ANN, below="data") == f"{tmp_path}/all/ann/x"


@pytest.mark.parametrize("name", ["..", "../bob", "a/b", "a\\b", "bob\0", "", "%2E%2E"])
def test_no_name_leads_elsewhere(name):
    if not name:
        with pytest.raises(ValueError):
            IsolationContext(name, "mai")
        return
    path = tenant_path("x", "data/{tenant_id}/x", IsolationContext(name, "mai"))
    assert os.path.normpath(path) == path
    assert len(path.split("/")) == 3 and path.startswith("data/")
    assert path != tenant_path("x", "data/{tenant_id}/x", BOB)


def test_different_tenants_have_different_places():
    names = ["a.b", "a%2Eb", "A", "ä", "a b", "a/b"]
    places = {tenant_path("x", "{path}/{tenant_id}", IsolationContext(n, "m")) for n in names}
    assert len(places) == len(names)
