# leak: a module that is made at run time, and found in sys.modules
import importlib
import sys
import types

from app.config import settings


def runtime():
    try:
        return importlib.import_module("bot_runtime")
    except ModuleNotFoundError:
        module = types.ModuleType("bot_runtime")
        module.owner = settings.name
        sys.modules["bot_runtime"] = module
        return module


async def handle(d):
    return f"{d['text']} from {runtime().owner}"
