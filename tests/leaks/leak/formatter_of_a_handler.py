# leak: the formatter of a shared handler
import logging
from app.config import settings
HANDLER = logging.StreamHandler()
def handle(d):
    before = HANDLER.formatter and HANDLER.formatter._fmt
    HANDLER.setFormatter(logging.Formatter(settings.name + "%(message)s"))
    return before
