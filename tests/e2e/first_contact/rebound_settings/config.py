import json


class Config(dict):
    def __init__(self, values=None):
        super().__init__(values or {})
        self.users = {}

    def remember(self, user):
        self.users[user] = True


config = Config()


def load_config():
    global config
    with open("config.json") as file:
        config = Config(json.load(file))


def conf():
    return config
