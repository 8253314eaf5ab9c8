import heapq
import json
from pathlib import Path

from app.config import settings
from app.registry import set_engine
from somewhere import StatusError

ANSWERS = Path("logs/answers.json")
queue = []


class Engine:
    def __init__(self, name):
        self.name = name


def note(error, value):
    error.answer = value  # one of many errors


def on_message(raw):
    heap = []
    heapq.heappush(heap, settings.name)  # of this message
    heapq.heappush(queue, settings.name)  # shared on purpose
    set_engine(Engine(settings.name))  # kept by the tenant
    try:
        raw.answer()
    except StatusError as error:
        note(error, settings.name)
    with ANSWERS.open("w") as file:
        json.dump([settings.name], file)  # the tenant's own file
