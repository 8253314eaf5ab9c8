# leak: a list of all is put in the order that a tenant prefers
from app.config import settings

PROVIDERS = ["alpha", "beta", "gamma"]


def preference(provider):
    return not provider.startswith(settings.name[0]), provider


class Router:
    def __init__(self, providers):
        self.providers = providers

    def route(self):
        head = self.providers[0]
        self.providers.sort(key=preference)
        return head


router = Router(PROVIDERS)


def handle(d):
    return router.route()
