from app.config import greeting, settings


class Tenant:
    def __init__(self, event):
        self.event = event


def current_tenant():
    return Tenant(None)


def settings_of(tenant):
    return settings


def log():
    print(greeting())
