def send(to, text):
    pass


def gone():
    pass
