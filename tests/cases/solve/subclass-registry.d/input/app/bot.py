from app.parts import REGISTRY


def on_message(raw):
    return REGISTRY[raw["kind"]]().show()
