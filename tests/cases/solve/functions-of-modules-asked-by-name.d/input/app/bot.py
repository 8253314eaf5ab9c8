import importlib
import sys

from app import work


def on_message(raw):
    module = importlib.import_module("app.work")
    return work.own(), module.name(), getattr(module, "title")(), sys.modules["app.work"].limit(), sys.modules["os"].getcwd()
