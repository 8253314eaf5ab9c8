from typing import List, Optional

from sqlalchemy import Column, Float
from sqlmodel import Field, Relationship, SQLModel


class UserBase(SQLModel):
    email: str = Field(unique=True, index=True, max_length=255)
    active: bool = True


class User(UserBase, table=True):
    id: Optional[int] = Field(default=None, primary_key=True)
    notes: List["Note"] = Relationship(back_populates="user")


class Note(SQLModel, table=True):
    __tablename__ = "user_notes"
    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user.id")
    score: float | None = Field(default=None, sa_column=Column("old_score", Float))
    user: "User" = Relationship(back_populates="notes")


class UserCreate(UserBase):
    password: str
