# leak: an attribute of type(self)
from app.config import settings


class Page:
    title = None

    def show(self):
        if type(self).title is None:
            type(self).title = settings.name
        return self.title


def handle(d):
    return Page().show()
