from __future__ import annotations

import os
from typing import TYPE_CHECKING

from app.config import settings

if TYPE_CHECKING:
    from app.store import Store


def f():
    return settings.a
