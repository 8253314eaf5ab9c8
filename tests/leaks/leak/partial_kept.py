# leak: partial binds the value
import functools

from app.config import settings

_jobs = []


def say(name, d):
    return name


def handle(d):
    if not _jobs:
        _jobs.append(functools.partial(say, settings.name))
    return _jobs[0](d)
