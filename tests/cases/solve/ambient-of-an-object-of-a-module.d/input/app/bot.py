def load(part):
    return part


load("first")
