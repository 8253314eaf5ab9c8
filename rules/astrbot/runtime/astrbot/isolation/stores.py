"""Configuration, preferences and database per tenant.

The default tenant has the bot's own. Every other tenant has a folder,
data/tenants/<tenant>, with files of the same kinds in it; open_tenant() has to
run once before its first message is served.
"""

from __future__ import annotations

import importlib
import os
import re
from typing import TYPE_CHECKING, Any

from .accessor import isolated_accessor
from .context import DEFAULT_CONTEXT, IsolationContext

if TYPE_CHECKING:
    from astrbot.core.config.astrbot_config import AstrBotConfig
    from astrbot.core.db.sqlite import SQLiteDatabase
    from astrbot.core.utils.shared_preferences import SharedPreferences


def get_isolated_config(isolation_context: IsolationContext) -> AstrBotConfig:
    if _is_default(isolation_context):
        return _own("astrbot_config")
    return _config(isolation_context)


def get_isolated_preferences(
    isolation_context: IsolationContext,
) -> SharedPreferences:
    if _is_default(isolation_context):
        return _own("sp")
    return _preferences(isolation_context)


def get_isolated_database(
    isolation_context: IsolationContext,
) -> SQLiteDatabase:
    if _is_default(isolation_context):
        return _own("db_helper")
    return _database(isolation_context)


async def open_tenant(isolation_context: IsolationContext) -> None:
    """Create what a tenant's stores lack, and start to write its preferences
    from this event loop.
    """
    await get_isolated_database(isolation_context).initialize()
    await get_isolated_preferences(isolation_context).initialize()


@isolated_accessor("tenant_id")
def _config(isolation_context: IsolationContext) -> AstrBotConfig:
    module = importlib.import_module("astrbot.core.config.astrbot_config")
    return module.AstrBotConfig(
        config_path=_file(isolation_context, "cmd_config.json"),
    )


@isolated_accessor("tenant_id")
def _preferences(isolation_context: IsolationContext) -> SharedPreferences:
    module = importlib.import_module("astrbot.core.utils.shared_preferences")
    return module.SharedPreferences(db_helper=_database(isolation_context))


@isolated_accessor("tenant_id")
def _database(isolation_context: IsolationContext) -> SQLiteDatabase:
    module = importlib.import_module("astrbot.core.db.sqlite")
    return module.SQLiteDatabase(_file(isolation_context, "data_v4.db"))


def _is_default(context: IsolationContext) -> bool:
    return context.tenant_id == DEFAULT_CONTEXT.tenant_id


def _own(name: str) -> Any:
    return getattr(importlib.import_module("astrbot.core"), name)


def _file(context: IsolationContext, name: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*", context.tenant_id):
        raise ValueError(f"tenant {context.tenant_id!r} cannot name a folder")
    paths = importlib.import_module("astrbot.core.utils.astrbot_path")
    folder = os.path.join(
        paths.get_astrbot_data_path(),
        "tenants",
        context.tenant_id,
    )
    os.makedirs(folder, exist_ok=True)
    return os.path.join(folder, name)
