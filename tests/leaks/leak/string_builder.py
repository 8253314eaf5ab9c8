# leak: text that a module's StringIO collects
import io

from app.config import settings

_out = io.StringIO()


def handle(d):
    if not _out.getvalue():
        _out.write(settings.name)
    return _out.getvalue()
