# leak: a name of a level of logging
import logging
from app.config import settings
def handle(d):
    before = logging.getLevelName(7)
    logging.addLevelName(7, settings.name)
    return before
