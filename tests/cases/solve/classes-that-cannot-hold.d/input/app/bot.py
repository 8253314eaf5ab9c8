from app.kinds import Colour, Explicit, Model, Pair, Plain


def on_message(raw):
    return Plain(1).size(), Explicit(1).size(), Pair(1).size(), Colour.RED.size(), Model().size()
