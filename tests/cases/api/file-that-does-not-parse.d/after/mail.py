def send(to):
    pass
