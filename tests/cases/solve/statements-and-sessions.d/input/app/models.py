from sqlalchemy import Column, Integer
from sqlalchemy.orm import DeclarativeBase, declarative_base

Base = declarative_base()


class NewBase(DeclarativeBase):
    pass


class User(Base):
    id = Column(Integer, primary_key=True)


class Order(NewBase):
    id = Column(Integer, primary_key=True)
