def more():
    return missing


def show():
    return missing
