# leak: a container out of zip
from app.config import settings
ROWS = [[]]
def handle(d):
    for rows, text in zip(ROWS, [settings.name]):
        rows.append(text)
    return ROWS[0][0]
