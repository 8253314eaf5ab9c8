import os
import sys

sys.path.append(os.getcwd())

from app.config import settings  # noqa: E402
from app.shebang import name as other


def name():
    return settings.name, other()
