from __future__ import annotations

from typing import TYPE_CHECKING, Optional

if TYPE_CHECKING:
    from app.tool import Tool


def plain(tool: Tool):
    return tool.use()


def text(tool: "Tool"):
    return tool.use()


def optional(tool: Optional[Tool]):
    return tool.use() if tool else None


def union(tool: Tool | None = None):
    return tool.use() if tool else None


def many(tools: list[Tool]):
    return [t.use() for t in tools]


def on_message(raw):
    from app.tool import Tool

    tool = Tool()
    return plain(tool), text(tool), optional(tool), union(tool), many([tool])
