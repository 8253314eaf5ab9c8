import json

from app.defaults import settings


class Bot:
    def __init__(self, path):
        self.config = json.load(open(path))
        self.settings = settings


class Job:
    def __init__(self, config):
        self.config = config


def jobs():
    return Job({}), Job({})


bot = Bot("bot.json")
