from typing import TYPE_CHECKING, Annotated, Optional

import web
from web import ext

from app.config import settings

if TYPE_CHECKING:
    from web.ext import Call


def plain(request: web.Request):
    return settings.name + helper()


def quoted(call: "Call"):
    return settings.name


def generic(call: ext.Call[int]):
    return settings.name


def annotated(request: Annotated[web.Request, "of the client"]):
    return settings.name


def optional(request: Optional[web.Request]):
    return settings.name


def none_by_default(request: web.Request = None):
    return settings.name


def bound_anew(request: web.Request):
    request = request.copy()
    return settings.name


def several(requests: list[web.Request]):
    return settings.name


def another(request: web.Response):
    return settings.name


def inner(request: web.Request):
    def later():
        return settings.name

    return later


def helper():
    return settings.suffix
