def name():
    return ""
