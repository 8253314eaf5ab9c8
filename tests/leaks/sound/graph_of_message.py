# sound: the graph of the message starts as a copy of the steps
from graphlib import TopologicalSorter

from app.config import settings

STEPS = {"connect": (), "login": ("connect",)}


def plan(name):
    steps = {step: set(needed) for step, needed in STEPS.items()}
    steps[f"greet-{name}"] = {"login"}
    return list(TopologicalSorter(steps).static_order())


async def handle(d):
    return plan(settings.name)
