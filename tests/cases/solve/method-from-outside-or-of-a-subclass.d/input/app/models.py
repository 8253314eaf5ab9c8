from django.db import models

from app.config import settings


class Connects(models.Model):
    def connect(self, value):
        self.value = value
        self.save(update_fields=["value"])


class Asset(Connects):
    def save(self, *args, **kwargs):
        self.limit = settings["limit"]
        super().save(*args, **kwargs)


class Plain(Connects):
    pass


class Fields:
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.limit = settings["limit"]


class Secret(models.Serializer):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.secret = True


class One(Secret, Fields, models.Serializer):
    pass


class Two(Secret):
    pass
