# sound: a method of a service that a helper runs for whoever asks
from app.config import settings


class Service:
    def rename(self, body):
        return body["text"] + settings.name

    def remove(self, body):
        return settings.name + body["user"]


_service = Service()


def run_json(raw, operation):
    if not callable(operation):
        raise TypeError(operation)
    return run(lambda: operation(dict(raw)))


def run(operation):
    return operation()


def handle(d):
    return run_json(d, _service.rename), run_json(d, _service.remove)
