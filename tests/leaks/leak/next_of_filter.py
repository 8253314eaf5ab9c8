# leak: a shared row found by next(filter)
from app.config import settings
class Row:
    def __init__(self):
        self.names = []
ROWS = [Row()]
def handle(d):
    row = next(filter(lambda r: True, ROWS))
    row.names.append(settings.name)
    return row.names[0]
