# leak: an exception that is caught under a global name
from app.config import settings
_errors = {}
def handle(d):
    before = _errors.get("e")
    try:
        raise ValueError(settings.name)
    except ValueError as error:
        _errors["e"] = error
    return before and str(before)
