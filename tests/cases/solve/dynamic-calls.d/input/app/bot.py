from app.actions import HANDLERS, Actions


def unknown(thing):
    return thing.jump()


def on_message(raw):
    return Actions().run("jump"), HANDLERS[raw["key"]](), unknown(raw["thing"])
