import sys

from app.config import settings

if sys.platform == "win32":
    def name():
        return "windows"
else:
    def name():
        return settings.name

try:
    from fast import size
except ImportError:
    def size(x):
        return settings.size * x


def on_message(raw):
    return name(), size(1)
