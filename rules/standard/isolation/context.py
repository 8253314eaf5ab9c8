"""The value that says on whose behalf code runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

ANY = "*"
"""Stands for a tenant or an agent that was projected away."""


@dataclass(frozen=True, slots=True)
class IsolationContext:
    """Tenant, agent, and as far as they are known platform and chat.

    Equal contexts are interchangeable: a context is a key, never a place to
    keep state.
    """

    tenant_id: str
    agent_id: str
    platform: str | None = None
    chat_stream_id: str | None = None

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if value is None and field.name not in _REQUIRED:
                continue
            if not isinstance(value, str) or not value:
                raise ValueError(
                    f"{field.name} must be a non-empty string, not {value!r}",
                )

    def with_platform(self, platform: str) -> IsolationContext:
        return replace(self, platform=platform)

    def with_chat_stream(self, chat_stream_id: str) -> IsolationContext:
        return replace(self, chat_stream_id=chat_stream_id)

    def project(self, dimensions: Sequence[str]) -> IsolationContext:
        """Keep the named dimensions only.

        A dropped platform or chat becomes None. tenant_id and agent_id must
        always be there, so a dropped one becomes ANY: projecting on
        ("tenant_id",) gives agent_id "*".
        """
        _check_dimensions(dimensions)
        chat = self.chat_stream_id
        return IsolationContext(
            tenant_id=self.tenant_id if "tenant_id" in dimensions else ANY,
            agent_id=self.agent_id if "agent_id" in dimensions else ANY,
            platform=self.platform if "platform" in dimensions else None,
            chat_stream_id=chat if "chat_stream_id" in dimensions else None,
        )

    def key(self, dimensions: Sequence[str]) -> tuple[str | None, ...]:
        """The values of the named dimensions, in that order."""
        _check_dimensions(dimensions)
        return tuple(getattr(self, dimension) for dimension in dimensions)

    def covers(self, other: IsolationContext) -> bool:
        """Whether `other` has what this one names; ANY and None name nothing
        in particular.
        """
        pairs = zip(self.key(DIMENSIONS), other.key(DIMENSIONS), strict=True)
        return all(own in (None, ANY, theirs) for own, theirs in pairs)

    def __str__(self) -> str:
        text = f"{self.tenant_id}/{self.agent_id}"
        if self.platform is not None:
            text += f"@{self.platform}"
        if self.chat_stream_id is not None:
            text += f"#{self.chat_stream_id}"
        return text


class RefusedId(ValueError):
    """An id that came from outside and is none: empty, too long, or with a
    character of patterns and paths.
    """


LONGEST_ID = 128
_NOT_IN_IDS = frozenset("*?[]{}%\\/")


def outside_id(value: str) -> str:
    """`value`, which a header, a message or a form brought, as an id of a
    tenant or an agent.

    ANY lifts a filter, and what looks like a pattern or a path may mean
    something to whoever gets the id next: none of these is an id. Raises
    RefusedId.
    """
    good = 0 < len(value) <= LONGEST_ID and value.isprintable()
    good = good and value not in {".", ".."}
    if not good or any(c.isspace() or c in _NOT_IN_IDS for c in value):
        raise RefusedId(
            f"not an id of a tenant or an agent: {value[:LONGEST_ID]!r}",
        )
    return value


_REQUIRED = frozenset({"tenant_id", "agent_id"})
DIMENSIONS = tuple(field.name for field in fields(IsolationContext))
"""Every dimension a context can be projected on."""

DEFAULT_CONTEXT = IsolationContext(tenant_id="default", agent_id="default")
"""Whom code runs for where nobody said: the tenant that was there first."""


def _check_dimensions(dimensions: Sequence[str]) -> None:
    for dimension in dimensions:
        if dimension not in DIMENSIONS:
            known = ", ".join(DIMENSIONS)
            raise ValueError(f"unknown dimension {dimension!r}: not {known}")
