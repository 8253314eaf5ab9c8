from app.api import nickname


def shout(user):
    return nickname(user).upper()
