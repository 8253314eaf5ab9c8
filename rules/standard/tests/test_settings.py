import sys
from types import ModuleType, SimpleNamespace

import pytest
from isolation import IsolationContext, set_tenant_settings, tenant_settings

RED, BLUE = IsolationContext("red", "a"), IsolationContext("blue", "a")


@pytest.fixture
def config(monkeypatch):
    module = ModuleType("shop_config")
    module.LIMIT = 1
    module.inner = SimpleNamespace(DEBUG=False)
    monkeypatch.setitem(sys.modules, "shop_config", module)
    yield module
    for tenant in ("red", "blue"):
        set_tenant_settings("shop_config", tenant, {})


def test_a_tenant_sees_the_settings_of_the_process_and_their_changes(config):
    assert tenant_settings("shop_config", RED).LIMIT == 1
    config.LIMIT = 2
    assert tenant_settings("shop_config", RED).LIMIT == 2


def test_what_a_tenant_sets_is_its_own(config):
    tenant_settings("shop_config", RED).LIMIT = 5
    assert tenant_settings("shop_config", RED).LIMIT == 5
    assert tenant_settings("shop_config", BLUE).LIMIT == 1
    assert config.LIMIT == 1
    del tenant_settings("shop_config", RED).LIMIT
    assert tenant_settings("shop_config", RED).LIMIT == 1
    with pytest.raises(AttributeError, match="'red' has no 'LIMIT' of its own"):
        del tenant_settings("shop_config", RED).LIMIT


def test_settings_may_be_given_before_anything_runs(config):
    set_tenant_settings("shop_config", "red", {"LIMIT": 7, "EXTRA": None})
    assert (tenant_settings("shop_config", RED).LIMIT, tenant_settings("shop_config", RED).EXTRA) == (7, None)
    assert {"LIMIT", "EXTRA", "inner"} <= set(dir(tenant_settings("shop_config", RED)))
    with pytest.raises(AttributeError):
        _ = tenant_settings("shop_config", BLUE).EXTRA


def test_settings_may_be_an_object_in_a_module(config):
    assert tenant_settings("shop_config.inner", RED).DEBUG is False


def test_settings_may_hang_on_an_object():
    bot = SimpleNamespace(config={"greeting": "hello", "limit": 3})
    set_tenant_settings("shop.bot.Bot.config", "red", {"greeting": "hi"})
    red, blue = (tenant_settings("shop.bot.Bot.config", tenant, bot) for tenant in (RED, BLUE))
    assert (red["greeting"], red["limit"], blue["greeting"]) == ("hi", 3, "hello")
    assert dict(red) == {"greeting": "hi", "limit": 3}
    set_tenant_settings("shop.bot.Bot.config", "red", {})
    assert red["greeting"] == "hello"


def test_a_module_that_is_not_there_is_named():
    with pytest.raises(ModuleNotFoundError, match="no_such_config"):
        _ = tenant_settings("no_such_config", RED).LIMIT


def test_an_import_that_fails_inside_the_module_is_not_taken_for_its_absence(tmp_path, monkeypatch):
    (tmp_path / "half_config.py").write_text("import no_such_module\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError, match="no_such_module"):
        _ = tenant_settings("half_config", RED).LIMIT


def test_settings_may_be_a_dictionary_deep_in_a_module(config):
    config.inner.config = {"LIMIT": 1, "DEBUG": False}
    red, blue = (tenant_settings("shop_config.inner.config", tenant) for tenant in (RED, BLUE))
    red["LIMIT"] = 5
    red["EXTRA"] = None
    assert (red["LIMIT"], red["DEBUG"], red.get("LIMIT"), red.get("NONE", 7)) == (5, False, 5, 7)
    assert (blue["LIMIT"], blue.get("EXTRA"), "EXTRA" in blue, "EXTRA" in red) == (1, None, False, True)
    assert (sorted(red), len(blue), dict(red.items())["LIMIT"]) == (["DEBUG", "EXTRA", "LIMIT"], 2, 5)
    assert config.inner.config == {"LIMIT": 1, "DEBUG": False}
    with pytest.raises(KeyError):
        blue["EXTRA"]
    set_tenant_settings("shop_config.inner.config", "red", {})
