import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from src.isolation import (
    DEFAULT_CONTEXT,
    ConfigOverrideError,
    IsolationContext,
    get_isolated_config,
    get_isolated_model_config,
    reload_isolated_config,
    set_config_overrides,
)

A = IsolationContext("a", "mai")
A2 = IsolationContext("a", "other")
B = IsolationContext("b", "mai")


def test_the_default_tenant_gets_the_object_itself(bot_config):
    assert get_isolated_config(DEFAULT_CONTEXT) is bot_config.global_config
    assert get_isolated_model_config(DEFAULT_CONTEXT.with_platform("qq")) is bot_config.model_config


def test_tenants_cannot_write_through_to_each_other(bot_config):
    get_isolated_config(A).bot.alias_names.append("小艾")
    assert get_isolated_config(A).bot.alias_names == ["小麦", "小艾"]
    for other in (A2, B, DEFAULT_CONTEXT):
        assert get_isolated_config(other).bot.alias_names == ["小麦"]
    assert get_isolated_config(A) is get_isolated_config(A.with_chat_stream("c1"))


def test_overrides_nested_and_dotted(bot_config):
    set_config_overrides("a", {"bot": {"nickname": "小艾"}, "chat.talk_value": 1.0, "temperature": 0.1})
    assert get_isolated_config(A).bot.nickname == "小艾"
    assert get_isolated_config(A).bot.alias_names == ["小麦"]
    assert get_isolated_config(A).chat.talk_value == 1.0
    assert get_isolated_model_config(A).temperature == 0.1
    assert get_isolated_config(B).bot.nickname == bot_config.global_config.bot.nickname == "麦麦"
    assert get_isolated_model_config(B).temperature == 0.7


def test_an_agent_is_laid_over_its_tenant(bot_config):
    set_config_overrides("a", {"bot": {"nickname": "小艾"}, "chat": {"talk_value": 1.0}})
    set_config_overrides("a", {"bot.nickname": "助手"}, agent_id="other")
    assert get_isolated_config(A).bot.nickname == "小艾"
    assert get_isolated_config(A2).bot.nickname == "助手"
    assert get_isolated_config(A2).chat.talk_value == 1.0


def test_setting_replaces_and_an_empty_mapping_removes(bot_config):
    set_config_overrides("a", {"bot.nickname": "x"})
    assert get_isolated_config(A).bot.nickname == "x"
    set_config_overrides("a", {"chat.talk_value": 0.0})
    assert get_isolated_config(A).bot.nickname == "麦麦"
    set_config_overrides("a", {})
    assert get_isolated_config(A).chat.talk_value == 0.5


def test_the_default_tenant_may_have_overrides_too(bot_config):
    set_config_overrides("default", {"bot.nickname": "x"})
    assert get_isolated_config(DEFAULT_CONTEXT).bot.nickname == "x"
    assert bot_config.global_config.bot.nickname == "麦麦"
    set_config_overrides("default", {})
    assert get_isolated_config(DEFAULT_CONTEXT) is bot_config.global_config


def test_override_values_are_not_shared(bot_config):
    names = ["x"]
    set_config_overrides("a", {"bot.alias_names": names})
    names.append("y")
    get_isolated_config(A).bot.alias_names.append("z")
    assert get_isolated_config(A2).bot.alias_names == ["x"]


def test_dictionaries_in_the_configuration(bot_config):
    bot_config.global_config.chat.per_group["1"] = 0.1
    set_config_overrides("a", {"chat.per_group.2": 0.2})
    set_config_overrides("b", {"chat": {"per_group": {"3": 0.3}}})
    assert get_isolated_config(A).chat.per_group == {"1": 0.1, "2": 0.2}
    assert get_isolated_config(B).chat.per_group == {"3": 0.3}


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        ({"bot": {"nicknam": "x"}}, "no setting 'bot.nicknam'.*did you mean 'nickname'"),
        ({"bot.nicknam": "x"}, "no setting 'bot.nicknam'.*did you mean 'nickname'"),
        ({"bott.nickname": "x"}, "no setting 'bott.nickname'"),
        ({"chat": {"talk_value": {"deep": 1}}}, "no setting 'chat.talk_value.deep'"),
    ],
)
def test_unknown_settings_are_refused_at_once(bot_config, overrides, message):
    set_config_overrides("a", {"bot.nickname": "kept"})
    with pytest.raises(ConfigOverrideError, match=message):
        set_config_overrides("a", overrides)
    assert get_isolated_config(A).bot.nickname == "kept"


def test_unknown_settings_are_refused_at_first_use_before_the_bot_is_loaded(request):
    sys.modules.pop("src.config.config", None)
    set_config_overrides("a", {"bot.nicknam": "x"})
    request.getfixturevalue("bot_config")
    with pytest.raises(ConfigOverrideError, match="bot.nicknam"):
        get_isolated_config(A)
    assert get_isolated_config(B).bot.nickname == "麦麦"


def test_a_reload_that_binds_a_new_object_is_seen(bot_config):
    assert get_isolated_config(A).bot.nickname == "麦麦"
    bot_config.global_config = bot_config.Config()
    bot_config.global_config.bot.nickname = "新麦"
    assert get_isolated_config(A).bot.nickname == "新麦"
    assert get_isolated_config(DEFAULT_CONTEXT).bot.nickname == "新麦"


def test_a_reload_in_place_is_seen_after_reload_isolated_config(bot_config):
    set_config_overrides("a", {"chat.talk_value": 1.0})
    get_isolated_config(A)
    bot_config.global_config.bot.nickname = "新麦"
    assert get_isolated_config(A).bot.nickname == "麦麦"
    reload_isolated_config()
    assert get_isolated_config(A).bot.nickname == "新麦"
    assert get_isolated_config(A).chat.talk_value == 1.0


def test_threads_get_one_copy_each_tenant(bot_config):
    with ThreadPoolExecutor(16) as pool:
        for context in (A, B):
            assert len({id(copied) for copied in pool.map(get_isolated_config, [context] * 200)}) == 1
