"""What looks like a leak and is none: no W310."""
import time
from app.config import settings

_by_tenant = {}
_current = {}
_running = None
_started = 0.0
_labels = {"a": "b"}


class Message:
    def __init__(self, text):
        self.text = text


class Page:
    name = None

    def __init__(self):
        self.parts = []

    def fill(self):
        self.name = settings.name
        self.parts.append(settings.name)
        return self


def on_message(raw, tenant_id):
    global _running, _started
    _by_tenant[tenant_id, raw] = settings.name
    key = (raw, tenant_id)
    _by_tenant[key] = settings.name
    _current["name"] = settings.name
    _running = settings.name
    _started = time.time()
    local = {}
    local["name"] = settings.name
    message = Message(settings.name)
    message.text = settings.name + message.text
    try:
        print(_labels[settings.name], local, message.text, Page().fill())
    finally:
        _current.pop("name")
        _running = None
    if settings.size > 3:
        _labels["a"] = raw
