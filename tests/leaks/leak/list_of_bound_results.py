# leak: a list made of mapped results that a class keeps
from app.config import settings
class Page:
    lines: list = []
    def show(self):
        self.lines += map(str, [settings.name])
        return self.lines[0]
def handle(d):
    return Page().show()
