# `Context` is that of app.kinds here, two stars away, and `compile` that of the language.
from app.parts import *


def reply(text):
    start()
    return Context(text), compile(text, "x", "exec")
