"""Puts the runtime on the path, as the newer trees get it, beside a database of their kind."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy import Column, Integer, String, UniqueConstraint, create_engine
from sqlalchemy.orm import Session, declarative_base, sessionmaker

PRESENT = Path(__file__).resolve().parent.parent
RUNTIME = tempfile.TemporaryDirectory(prefix="runtime-")
PLACE = Path(RUNTIME.name, "src", "isolation")
shutil.copytree(PRESENT.parent.parent / "standard" / "isolation", PLACE)
for name in ("messages.py", "overlay.py"):  # inherited
    shutil.copy(PRESENT.parent / "runtime" / "src" / "isolation" / name, PLACE)
shutil.copytree(PRESENT / "runtime", RUNTIME.name, dirs_exist_ok=True)
sys.path.insert(0, RUNTIME.name)

from src import isolation  # noqa: E402

Base = declarative_base()


class Messages(Base):
    __tablename__ = "mai_messages"
    __table_args__ = (UniqueConstraint("text", name="one_text"),)
    id = Column(Integer, primary_key=True)
    text = Column(String(40))


class Online(Base):
    __tablename__ = "online_time"
    id = Column(Integer, primary_key=True)


isolation.tenant_columns(Messages)


class Sessions(Session):
    """The bot's own class of sessions, so that others are not listened to."""


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    engine = create_engine("sqlite://", future=True)
    Base.metadata.create_all(engine)
    make = sessionmaker(bind=engine, class_=Sessions, expire_on_commit=False, future=True)

    @contextmanager
    def get_db_session(auto_commit: bool = True) -> Iterator[Session]:
        session = make()
        try:
            yield session
            if auto_commit:
                session.commit()
        finally:
            session.close()

    module = ModuleType("src.common.database.database")
    module.get_db_session = get_db_session  # type: ignore[attr-defined]
    for name in ("src.common", "src.common.database"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    monkeypatch.setitem(sys.modules, "src.common.database.database", module)
    yield module
    engine.dispose()
    isolation.set_strict_isolation(False)
