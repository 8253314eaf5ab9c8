from app import settings
from app.handlers.base import BaseResource


def page_size():
    return settings.LIMIT


class Users(BaseResource):
    def get(self):
        return page_size()
