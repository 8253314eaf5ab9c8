def connect():
    return NAMES


from backend.settings import NAMES
