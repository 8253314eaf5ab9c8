from typing import TYPE_CHECKING

from app import hub as hubs
from app.hub import desk, hub

if TYPE_CHECKING:
    from app.hub import shop

    kind = shop.limit


def limit(of: hub, other: "desk" = None) -> hub.limit:
    return hub.limit + desk.limit + hubs.shop.limit


def on_message(raw):
    return limit(raw)
