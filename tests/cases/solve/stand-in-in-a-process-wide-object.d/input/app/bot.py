from app.system import system


def on_message(raw):
    return system.put(raw)
