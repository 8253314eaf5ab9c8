from typing import TYPE_CHECKING

from peewee import Model
from sqlalchemy import Column, Integer
from sqlalchemy.orm import DeclarativeBase, declarative_base
from tortoise import models

from app.config import settings

if TYPE_CHECKING:
    Base = object
else:
    Base = declarative_base()


class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)

    def __init__(self, **values):
        super().__init__(**values)
        self.name = "?"

    @property
    def limit(self):
        return settings["limit"]


class NewBase(DeclarativeBase):
    def __init__(self, **values):
        super().__init__(**values)

    @property
    def limit(self):
        return settings["limit"]


class Team(NewBase):
    pass


class Group(models.Model):
    def __init__(self, **values):
        super().__init__(**values)

    @property
    def limit(self):
        return settings["limit"]


class Line(Model):
    def __init__(self, **values):
        super().__init__(**values)

    @property
    def limit(self):
        return settings["limit"]


class Word(Model):
    def __init__(self, **values):
        super().__init__(**values)
        self.size = settings["limit"]
