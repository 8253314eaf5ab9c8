from app.插件 import name


def on_message(raw):
    return name()
