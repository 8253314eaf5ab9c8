def of(key):
    return dict
