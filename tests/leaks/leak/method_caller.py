# leak: operator.methodcaller
import operator
from app.config import settings
ROWS = []
def handle(d):
    before = list(ROWS)
    operator.methodcaller("append", settings.name)(ROWS)
    return before
