def load(key):
    return key
