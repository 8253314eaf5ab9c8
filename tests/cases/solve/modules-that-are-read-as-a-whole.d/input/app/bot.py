import importlib
import inspect

import app.steps

ROOT = "app.actions"
ACTIONS = {}
CHECKS = {}
STEPS = {name: run for name, run in vars(app.steps).items() if callable(run)}


def functions_in(module):
    return inspect.getmembers(module, inspect.isfunction)


def load(table):
    for name in ["show"]:
        module = importlib.import_module("." + name, ROOT)
        for key, run in functions_in(module):
            ACTIONS[key] = run
        ACTIONS.update(inspect.getmembers(module, inspect.isclass))
    for name in ["words"]:
        CHECKS.update(functions_in(importlib.import_module(f"app.checks.{name}")))
    for name in ["greet"]:
        plugin = importlib.import_module("app.plugins.%s" % name)
        plugin.setup(table)


def on_message(raw):
    load({})
    return ACTIONS["show_limit"](raw), ACTIONS["Pager"]().limit, CHECKS["is_short"](raw), STEPS["first"](raw)
