def view(value):
    return value
