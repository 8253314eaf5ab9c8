from app.config import settings


class Tenant:
    def __init__(self, name):
        self.name = name
        self.title = settings.title

    @staticmethod
    def first():
        return Tenant(settings.first)

    def rows(self):
        from app.store import read

        return read(self.name), [load(part) for part in "ab"]


class Guest(Tenant):
    def limit(self):
        return settings.limit


def current():
    return Tenant.first()


def tenant_of(raw):
    return Tenant(raw["tenant"])


def settings_of(tenant):
    return settings


def load(part):
    return part
