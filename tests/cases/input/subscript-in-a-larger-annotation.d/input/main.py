from typing import Union as U

from conf import settings

limit: list[int] or None = [1][0] or None


class Page:
    names: dict[str, int] or None = None

    def title(self, a: U[str, int] or tuple = (), *, b: list[U[str, int] or None]or None=None) -> list[str] and None:
        return [settings.name, a, b]


def label(n: list[int] if limit else int, m: U[str, int] in (1, 2) = 3) -> U[str, int] \
        | None or tuple:
    return f"{settings.name}{n}"


def handle(tenant, page: dict[str, Page](x=1) == 3):
    page["x"].title(), Page().title()
    return label([1])
