from app.base import BaseResource
from app.config import settings


class Users(BaseResource):
    def get(self):
        return settings.users

    def post(self):
        return self.put()

    def put(self):
        return settings.new


class Other:
    def get(self):
        return settings.other
