# leak: the globals of the running frame
import sys
from app.config import settings
LAST = None
def handle(d):
    before = LAST
    sys._getframe().f_globals["LAST"] = settings.name
    return before
