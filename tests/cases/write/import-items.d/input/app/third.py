from app.config import settings; import os
from app.config import settings as s, Settings


def name() -> Settings:
    return settings.name, s.name, os.sep
