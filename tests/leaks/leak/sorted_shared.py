# leak: a shared row found by max
from app.config import settings
class Row:
    def __init__(self):
        self.names = []
ROWS = [Row()]
def handle(d):
    row = max(ROWS, key=lambda r: len(r.names))
    row.names.append(settings.name)
    return row.names[0]
