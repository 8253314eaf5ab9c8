# sound: an object's own attribute hides the class's
from app.config import settings


class Page:
    title = ""

    def show(self):
        self.title = settings.name
        return self.title


def handle(d):
    return Page().show()
