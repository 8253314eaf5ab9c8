# leak: a container out of enumerate
from app.config import settings
ROWS = [[]]
def handle(d):
    for i, rows in enumerate(ROWS):
        rows.append(settings.name)
    return ROWS[0][0]
