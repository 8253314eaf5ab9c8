def name():
    return ""


def gone():
    return ""
