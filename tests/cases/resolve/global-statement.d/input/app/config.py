settings = None


def load():
    global settings
    settings = {"name": "bot"}
    return settings
