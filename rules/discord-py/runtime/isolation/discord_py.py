"""The tenant of what comes from Discord.

A guild belongs to a tenant, and a direct message to its author's:

    guilds.assign(81384788765712384, "red")
    guilds.assign(ada.id, "red")

A guild that nobody assigned is the default tenant's. `guilds.ask(find)` looks
for the owners of the others.
"""

from __future__ import annotations

from typing import Any

import discord

from .ambient import isolation_scope
from .context import IsolationContext
from .owners import Owners

guilds = Owners("discord")


def context_of(source: Any) -> IsolationContext:
    """Of a context of a command, an interaction, a message, a reaction, a
    guild, and whatever is of one."""
    if isinstance(source, discord.Reaction):
        source = source.message
    guild_id = _guild_of(source)
    channel_id = _channel_of(source)
    if guild_id is not None:
        return guilds.context(guild_id, chat=channel_id)
    return guilds.context(_user_of(source), chat=channel_id)


class IsolatedEvents:
    """For the bot's class: its events run for the tenant they are of.

        class Bot(IsolatedEvents, commands.Bot): ...

    The context is ambient for listeners and commands, so that code which is
    handed none finds it.
    """

    def dispatch(self, event_name: str, /, *args: Any, **kwargs: Any) -> None:
        below: Any = super()
        source = next(filter(_is_of_somebody, args), None)
        if source is None:
            below.dispatch(event_name, *args, **kwargs)
            return
        with isolation_scope(context_of(source)):
            below.dispatch(event_name, *args, **kwargs)


def _is_of_somebody(value: Any) -> bool:
    if isinstance(value, discord.Reaction):
        return True
    return _guild_of(value) is not None or _user_of(value) is not None


def _guild_of(source: Any) -> int | None:
    if isinstance(source, discord.Guild):
        return source.id
    guild = getattr(source, "guild", None)
    if guild is None:
        return getattr(source, "guild_id", None)
    return guild.id


def _channel_of(source: Any) -> int | None:
    if isinstance(source, (discord.abc.GuildChannel, discord.Thread)):
        return source.id
    channel = getattr(source, "channel", None)
    if channel is None:
        return getattr(source, "channel_id", None)
    return channel.id


def _user_of(source: Any) -> int | None:
    if isinstance(source, (discord.User, discord.Member)):
        return source.id
    user = getattr(source, "author", None) or getattr(source, "user", None)
    return getattr(source, "user_id", None) if user is None else user.id
