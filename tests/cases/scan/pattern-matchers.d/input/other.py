def fetch(key):
    return key
