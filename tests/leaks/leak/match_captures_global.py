# leak: a match statement that captures a global name
from app.config import settings
_last = None
def handle(d):
    global _last
    before = _last
    match [settings.name, 1]:
        case [_last, 1]:
            pass
    return before
