from app.config import current


def limit():
    return current().limit
