def show():
    return missing
