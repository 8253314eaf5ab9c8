"""The tenant of an update of Telegram.

A tenant owns chats, or all chats of a bot of its own:

    chats.assign(-1001234567890, "red")  # a chat
    chats.assign(5550001, "blue")  # a bot, by the number in its token

A chat that nobody assigned is that of its bot's owner, else of the user's,
else of the default tenant. `chats.ask(find)` looks for the owners of others.
"""

from __future__ import annotations

from typing import Any

from .ambient import current_isolation_context
from .context import IsolationContext
from .owners import Owners

chats = Owners("telegram")


def context_of(source: Any) -> IsolationContext:
    """Of an update, a message, a query, a chat, or a callback's context."""
    chat, user = _chat_of(source), _user_of(source)
    bot = _bot_of(source)
    if chat is None and user is None and bot is None:
        return current_isolation_context()
    return chats.context(chat, bot, user, chat=chat)


def _chat_of(source: Any) -> int | None:
    if hasattr(source, "effective_chat"):
        return getattr(source.effective_chat, "id", None)
    for holder in (source, getattr(source, "job", None)):
        for name in ("chat_id", "_chat_id"):
            number = getattr(holder, name, None)
            if isinstance(number, int):
                return number
    message = getattr(source, "message", None)  # of a callback query
    for holder in (source, message):
        chat = getattr(holder, "chat", None)
        if chat is not None:
            return chat.id
    return source.id if _is_chat(source) else None


def _is_chat(source: Any) -> bool:
    return type(source).__name__ == "Chat" and hasattr(source, "id")


def _user_of(source: Any) -> int | None:
    for name in ("effective_user", "from_user"):
        user = getattr(source, name, None)
        if user is not None:
            return user.id
    number = getattr(source, "_user_id", None)
    return number if isinstance(number, int) else None


def _bot_of(source: Any) -> int | None:
    """Since version 20 what came from Telegram knows its bot."""
    bot = getattr(source, "bot", None)
    get_bot = getattr(source, "get_bot", None)
    if bot is None and get_bot is not None:
        try:
            bot = get_bot()
        except RuntimeError:  # made by hand
            return None
    token = getattr(bot, "token", None)
    number = str(token).partition(":")[0]
    return int(number) if number.isdigit() else None
