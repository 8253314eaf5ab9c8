from app.config import settings


class Search:
    def run(self, text):
        return text[: settings.limit]


class Echo:
    def run(self, text):
        return text
