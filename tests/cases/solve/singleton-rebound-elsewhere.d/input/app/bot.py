from app.memory import memory


def on_message(raw):
    return memory.size
