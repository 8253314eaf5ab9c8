from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.config import settings


class Base:
    def name(self, x):
        raise NotImplementedError
