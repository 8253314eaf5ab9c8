from tortoise import fields
from tortoise.models import Model


class Timed(Model):
    created = fields.DatetimeField(auto_now_add=True)

    class Meta:
        abstract = True


class Group(Timed):
    group_id = fields.CharField(max_length=255)
    platform = fields.CharField(max_length=255, null=True, source_field="source")
    owner = fields.ForeignKeyField("models.User", related_name="groups")
    members = fields.ManyToManyField("models.User")

    class Meta:
        table = "groups"
        unique_together = ("group_id", "platform")
        indexes = [("platform",)]


class User(Model):
    uid = fields.BigIntField(pk=True)
    name = fields.TextField(unique=True)
