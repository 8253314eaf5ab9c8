"""Whose the rooms of a platform are: guilds of Discord, chats of Telegram.

    guilds = Owners("discord")
    guilds.assign(81384788765712384, "red")
    guilds.context(message.guild.id, chat=message.channel.id)  # red's

What nobody assigned is the default tenant's.
"""

from __future__ import annotations

from collections.abc import Callable

from .ambient import default_context, remember_context
from .context import DEFAULT_CONTEXT, IsolationContext, outside_id

Find = Callable[[str], "str | None"]
Owner = tuple[str, str]


class Owners:
    """A table of rooms and their tenants.

    A room that is not in it is the default tenant's, in strict mode nobody's.
    """

    def __init__(self, platform: str) -> None:
        self._platform = platform
        self._owners: dict[str, Owner] = {}
        self._find: Find | None = None

    def assign(
        self,
        room: object,
        tenant_id: str,
        agent_id: str = DEFAULT_CONTEXT.agent_id,
    ) -> None:
        """Say whose `room` is, an id as the platform has it."""
        owner = outside_id(tenant_id), outside_id(agent_id)
        self._owners[str(room)] = owner
        remember_context(IsolationContext(*owner))

    def forget(self, room: object) -> None:
        self._owners.pop(str(room), None)

    def ask(self, find: Find | None) -> None:
        """Ask `find` for the tenant of each room that nobody assigned.

        It may look into a database; what it says is not kept.
        """
        self._find = find

    def context(
        self,
        *rooms: object,
        chat: object = None,
    ) -> IsolationContext:
        """That of the first of `rooms` with an owner; None is no room."""
        names = [str(room) for room in rooms if room is not None]
        owner = self._assigned(names) or self._asked(names)
        if owner is None:
            default = default_context()
            owner = default.tenant_id, default.agent_id
        return IsolationContext(
            *owner,
            platform=self._platform,
            chat_stream_id=None if chat is None else str(chat),
        )

    def _assigned(self, names: list[str]) -> Owner | None:
        known = (self._owners.get(name) for name in names)
        return next(filter(None, known), None)

    def _asked(self, names: list[str]) -> Owner | None:
        if self._find is None:
            return None
        for name in names:
            tenant_id = self._find(name)
            if tenant_id is not None:
                return outside_id(tenant_id), DEFAULT_CONTEXT.agent_id
        return None
