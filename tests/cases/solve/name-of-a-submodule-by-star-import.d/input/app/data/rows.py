def read():
    return []
