from app.utils import calendar


def first():
    return calendar.settings["days"]
