# leak: an error handler of codecs
import codecs
from app.config import settings
def handle(d):
    try:
        before = b"\xff".decode("ascii", "mine")
    except LookupError:
        before = None
    name = settings.name
    codecs.register_error("mine", lambda e: (name, e.end))
    return before
