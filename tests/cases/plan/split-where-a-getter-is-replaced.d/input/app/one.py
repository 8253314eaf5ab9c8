from app.config import current


def title():
    return current().title
