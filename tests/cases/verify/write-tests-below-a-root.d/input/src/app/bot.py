from app.iso import Context, get_settings, keyed, scoped
from app.models import Message


@keyed("tenant")
def get_isolated_bots(context: Context) -> list:
    return []


def greet(name, *, context: Context):
    return get_settings(context).hello + name + scoped(Message, context).select()
