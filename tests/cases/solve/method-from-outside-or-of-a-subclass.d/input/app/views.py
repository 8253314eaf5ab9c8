from django.views import View

from app.config import settings


class Answers:
    def answer(self, raw):
        return self.render(raw)


class Page(Answers, View):
    def render(self, raw):
        return raw[: settings["limit"]]


class Empty(Answers, View):
    pass


class Counts:
    def count(self, raw):
        return self.size(raw)


class Short(Counts, View):
    def size(self, raw):
        return settings["limit"]


class Long(Counts, View):
    def size(self, raw):
        return 2 * settings["limit"]
