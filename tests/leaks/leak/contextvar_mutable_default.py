# leak: the default of a context variable is one list
from contextvars import ContextVar

from app.config import settings

breadcrumbs: ContextVar[list] = ContextVar("breadcrumbs", default=[])


def leave_crumb(text):
    crumbs = breadcrumbs.get()
    crumbs.append(text)
    del crumbs[:-3]


async def handle(d):
    leave_crumb(f"{settings.name} got {d['text']}")
    return " > ".join(breadcrumbs.get())
