# leak: a graph of steps that lasts is given one more by each tenant
from graphlib import TopologicalSorter

from app.config import settings

steps = {"connect": set(), "login": {"connect"}}


def plan(name):
    steps.setdefault(f"greet-{name}", set()).add("login")
    return list(TopologicalSorter(steps).static_order())


async def handle(d):
    return sorted(plan(settings.name))
