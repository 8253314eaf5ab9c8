from app.config import settings

MIDDLEWARE = ["app.web.Tenant", "other.web.Session"]
LOGGING = {"filters": {"desk": {"()": "app.logs.make_filter"}}, "stream": "ext://app.store.store"}
SCHEDULE = {"every": {"task": "app.web.send"}}
NOTE = "app.web.inner is meant in a sentence"
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
