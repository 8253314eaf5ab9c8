from .official import settings as settings
from .official import Settings

__all__ = ["settings", "Settings"]
