import logging
from collections import ChainMap
from contextvars import ContextVar

import discord
import httpx
from sqlalchemy.orm import Session

from app.config import settings

logger = logging.getLogger(__name__)
current = ContextVar("current")
KEPT = ChainMap()


class Tasks:
    def execute(self):
        return settings.a

    def error(self):
        return settings.b

    def get(self):
        return settings.c

    def format(self):
        return settings.d


class Client(discord.Client):
    def helper(self):
        return settings.e


def outside(session: Session, text: str, amount=3):
    session.execute("select 1").scalars()
    logger.error("broken")
    text.format(1)
    "{}".format(text)
    httpx.Client(timeout=amount).get(text)
    with httpx.stream("GET", text) as response:
        response.error()


def unknown(thing):
    thing.execute()
    current.get().error()
    KEPT["x"].error()


def may_be_ours(client: discord.Client):
    client.helper()


def kept_outside(app: discord.App):
    app.state.tasks = Tasks()


def read_back(app: discord.App):
    app.state.tasks.error()


def either(flag):
    client = Tasks() if flag else httpx.Client()
    return client.get()


def on_message(raw):
    tasks = Tasks()
    Client().helper()
    return tasks.execute(), tasks.error(), tasks.format()
