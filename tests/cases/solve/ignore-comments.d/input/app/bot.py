from app.config import settings
from app.manager import manager


def behind():
    return settings.name  # weft: ignore[config] the name is the same for all


def above():
    # weft: ignore[config_system]: one for all tenants
    return dict(
        name=settings.name,
        other=settings.name,
    )


def lines():
    return dict(
        name=settings.name,
        # weft: ignore[config] inside of the statement
        other=settings.name,
    )


def last_line():
    return dict(
        name=settings.name
    )  # noqa: E123  # weft: ignore[config] see #12  # more


def header():
    if settings.name:  # weft: ignore[config] only the condition
        return settings.name
    with open(settings.name) as file:  # weft: ignore[config, manager] both
        return file, manager.title()


# weft: ignore[config] the default stays
def lazy(name=settings.name):
    return name


def kept():
    return manager.title()  # weft: ignore[manager] whichever runs


def strings():
    return "# weft: ignore[config] no comment", settings.name


@property
def size(self):  # weft: ignore[W301] nothing about the access itself
    return settings.name  # weft: ignore[W301] the ambient context is right here


class Callbacks:
    def __len__(self):
        return len(settings.name)
