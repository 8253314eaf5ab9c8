from collections.abc import Callable
from typing import Annotated, ParamSpec, TypeVar

from fastapi import APIRouter, Depends
from fastapi_utils.cbv import cbv

from app.config import settings

P = ParamSpec("P")
R = TypeVar("R")
router = APIRouter()


def current_name():
    return settings.name


class Pager:
    def __init__(self, limit: int = 10):
        self.limit = limit + settings.limit


class Order:
    def key(self):
        return settings.order


@cbv(router)
class View:
    def first(self):
        return settings.first


def call(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    print(settings.name)
    return function(*args, **kwargs)


def read(name: Annotated[str, Depends(current_name)], pager: Pager = Depends(), order: Annotated[Order, Depends()] = None):
    return name, pager.limit, order.key()
