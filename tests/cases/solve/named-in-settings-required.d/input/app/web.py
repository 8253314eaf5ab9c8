from app.config import settings

MIDDLEWARE = ["app.web.Tenant", "other.web.Session"]
SCHEDULE = {"every": {"task": "app.web.send"}}
NAMES = "app.web.settings.name"


class Tenant:
    def process_request(self, request):
        return settings.name

    def _own(self):
        return settings.name


def send():
    return settings.name


def inner():
    return settings.name


def make():
    return settings.name


def serve():
    return settings.name
