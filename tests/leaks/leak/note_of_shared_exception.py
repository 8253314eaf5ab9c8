# leak: a note that is added to a shared exception
from app.config import settings
FAULT = ValueError("shared")
def handle(d):
    FAULT.add_note(settings.name)
    return list(FAULT.__notes__)[:-1]
