def load(key):
    return key


FIRST = load("first")
