import copy
import functools
from functools import cached_property

from conf import settings

SHOWN = {}


def banner():
    return "<" + settings.name + ">"


class Base:
    calls = 0

    @functools.cached_property
    def derived(self):
        self.calls += 1
        return self.live + "!"

    @property
    def live(self):
        return settings.name


class Page(Base):
    @cached_property
    def head(self):
        return banner()

    @cached_property
    def plain(self):
        return [1]


class PerMessage:
    def __init__(self, user):
        self.user = user

    @cached_property
    def greeting(self):
        return settings.name + self.user


page = Page()


def forget(page):
    page.__dict__.pop("head", None)
    try:
        del page.derived
    except AttributeError:
        pass


def handle(tenant):
    m = PerMessage("u")
    first = (page.head, page.derived, page.derived, m.greeting, m.greeting, page.plain is page.plain)
    calls = page.calls
    forget(page)
    other = copy.copy(page)
    other.head = "set"
    return first, calls, page.head, other.head, Page().head
