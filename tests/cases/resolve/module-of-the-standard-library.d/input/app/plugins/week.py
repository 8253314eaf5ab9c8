from group import members  # app/utils looks like a root

from app.utils.calendar import settings


def length():
    return settings["days"] + len(members)
