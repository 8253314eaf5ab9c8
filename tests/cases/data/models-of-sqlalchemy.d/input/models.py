from datetime import datetime
from typing import ClassVar, Optional

from sqlalchemy import Column, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.ext.declarative import declarative_base
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

Old = declarative_base()


class Base(DeclarativeBase):
    pass


class Stamped:
    created: Mapped[datetime] = mapped_column(index=True)


class User(Stamped, Base):
    __tablename__ = "users"
    __table_args__ = (
        UniqueConstraint("name", "realm", name="uq_users_name"),
        Index("ix_users_realm", "realm"),
        {"sqlite_autoincrement": True},
    )
    kind: ClassVar[str] = "user"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(50))
    realm: Mapped[Optional[str]]
    age: Mapped[int | None] = mapped_column("years")
    notes: Mapped[list["Note"]] = relationship(back_populates="user")


class Note(Base):
    __tablename__ = "notes"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), unique=True)
    user = relationship("User")


class Legacy(Old):
    __tablename__ = "legacy"
    key = Column(String(20), primary_key=True)
    value = Column(Integer, nullable=False, server_default="0")
    rest = Column(String)


class Abstract(Base):
    __abstract__ = True
    x: Mapped[int]
