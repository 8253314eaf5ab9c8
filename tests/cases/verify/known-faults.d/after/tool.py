"""Two lines
more."""
from bot import greet, gone


def show(*, context):
    return greet(context=context) + missing
