import os


class S:
    def __init__(self, owner):
        self.owner = owner


def get_settings():
    return S(os.environ.get("OWNER", "default"))
