# leak: a class is made by type(), with a keyword that its base keeps
from app.config import settings


class Skill:
    titles = []

    def __init_subclass__(cls, title=None):
        Skill.titles.append(title)


def handle(d):
    type("Shout", (Skill,), {}, title=settings.name)
    return list(Skill.titles)
