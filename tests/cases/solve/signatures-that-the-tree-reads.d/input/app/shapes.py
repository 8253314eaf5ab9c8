from app.config import get_settings


def gauss(x, height=2):
    return get_settings().owner + str(x) + str(height)


def step(x, form="linear"):
    return form + get_settings().owner
