class Context:
    def __init__(self, text):
        self.text = text


def start():
    pass
