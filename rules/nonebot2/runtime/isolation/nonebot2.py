"""The tenant of what a bot account of nonebot2 hears.

A tenant owns accounts of bots, or single groups on them:

    rooms.assign("3889000001", "red")  # an account: bot.self_id
    rooms.assign("87654321", "blue")  # a group: event.group_id

What nobody assigned is the default tenant's. `rooms.ask(find)` looks for the
owners of the others.

Bots that connect after this module was imported are followed, so that rules,
permissions and hooks, which run before a matcher does, know whose they are.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from nonebot import get_driver
from nonebot.adapters import Bot, Event
from nonebot.matcher import current_bot, current_event

from .ambient import ask_for_context, current_isolation_context
from .context import IsolationContext
from .owners import Owners

rooms = Owners("nonebot")
_received: ContextVar[tuple[Bot, Event] | None] = ContextVar(
    "isolation.received",
    default=None,
)


def context_of(source: Any) -> IsolationContext:
    """Of an event, a bot, or a session that says where a user spoke.

    A bot that handles an event stands for the group that it is of.
    """
    bot, event = _now()
    source = getattr(source, "session", source)  # of nonebot_plugin_user
    if source is bot:
        source = event
    account = None if bot is None else bot.self_id
    found = _context_of(source, account)
    return current_isolation_context() if found is None else found


def handler_context() -> IsolationContext:
    """Of the event that is handled now."""
    found = _handled()
    return current_isolation_context() if found is None else found


def follow_bot(bot: Bot) -> None:
    """Whatever runs for an event of `bot` knows that it does.

    Bots that connect are followed by themselves.
    """
    handle_event = bot.handle_event

    async def handle_event_of_tenant(event: Event) -> None:
        token = _received.set((bot, event))
        try:
            await handle_event(event)
        finally:
            _received.reset(token)

    bot.handle_event = handle_event_of_tenant


async def _follow_bot(bot: Bot) -> None:
    follow_bot(bot)


def _now() -> tuple[Bot | None, Event | None]:
    """The bot and the event that are handled, as far as anybody knows."""
    bot, event = current_bot.get(None), current_event.get(None)
    if bot is None or event is None:
        return _received.get() or (None, None)
    return bot, event


def _handled() -> IsolationContext | None:
    bot, event = _now()
    return None if bot is None else _context_of(event, bot.self_id)


def _context_of(source: Any, account: Any) -> IsolationContext | None:
    account = getattr(source, "self_id", account)
    group = _group_of(source)
    user = _user_of(source)
    if account is None and group is None and user is None:
        return None
    chat = user if group is None else group
    return rooms.context(group, account, user, chat=chat)


def _group_of(source: Any) -> str | None:
    """Of OneBot's group_id, of a guild, of a scene that is none of a user."""
    scene = getattr(source, "scene", None)
    if scene is not None:
        return None if getattr(scene, "is_private", False) else scene.id
    for name in ("group_id", "guild_id", "id2", "channel_id"):
        value = getattr(source, name, None)
        if value is not None:
            return str(value)
    return None


def _user_of(source: Any) -> str | None:
    user = getattr(source, "user", None)
    for value in (
        getattr(user, "id", None),
        getattr(source, "user_id", None),
        getattr(source, "id1", None),
    ):
        if value is not None:
            return str(value)
    get_user_id = getattr(source, "get_user_id", None)
    try:
        return None if get_user_id is None else str(get_user_id())
    except (AttributeError, NotImplementedError, ValueError):
        return None  # an event without a user


ask_for_context(_handled)
try:
    get_driver().on_bot_connect(_follow_bot)
except ValueError:  # nonebot.init() was not called: a tool that imports
    pass
