import web
from web import ext

from app.config import settings


class Request(web.Request):
    def title(self):
        return settings.title


class Upload(Request):
    pass


class Plugin(ext.Plugin):
    def __init__(self, name):
        self.name = name

    def run(self):
        return settings.name + self.name


class Panel:
    def __init__(self, name):
        self.name = name

    def run(self):
        return settings.name + self.name


def answer(request: Upload):
    return request.title() + Plugin("x").run() + Panel("y").run()
