from app.plugins import registry


def on_message(raw):
    return registry.find(raw["name"])
