from app.config import settings
from app.task import Task


class Clean(Task):
    def run(self):
        return self.older_than(settings.days)

    def older_than(self, days):
        return days * settings.factor
