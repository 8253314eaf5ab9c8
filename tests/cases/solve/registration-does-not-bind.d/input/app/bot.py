from app.tools import TOOLS


def on_message(raw):
    return TOOLS[raw["tool"]](raw["text"])
