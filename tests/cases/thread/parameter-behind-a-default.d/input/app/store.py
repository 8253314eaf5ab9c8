def load(key, limit=10):
    return key, limit
