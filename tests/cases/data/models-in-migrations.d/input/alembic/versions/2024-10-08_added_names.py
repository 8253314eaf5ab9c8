from sqlalchemy import Column, Integer
from sqlalchemy.orm import declarative_base

revision = "86054b40fd06"
down_revision = None

Base = declarative_base()


class Category(Base):
    __tablename__ = "categories"
    id = Column(Integer, primary_key=True)
