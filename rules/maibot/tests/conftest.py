"""Puts the runtime on the path, beside a bot that consists of its configuration only."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import pytest

PACK = Path(__file__).resolve().parent.parent
RUNTIME = tempfile.TemporaryDirectory(prefix="runtime-")
shutil.copytree(PACK.parent / "standard" / "isolation", Path(RUNTIME.name, "src", "isolation"))
shutil.copytree(PACK / "runtime", RUNTIME.name, dirs_exist_ok=True)
sys.path.insert(0, RUNTIME.name)

from src import isolation  # noqa: E402
from src.isolation import ambient, config  # noqa: E402


@dataclass
class BotConfig:
    nickname: str = "麦麦"
    alias_names: list[str] = field(default_factory=lambda: ["小麦"])


@dataclass
class ChatConfig:
    talk_value: float = 0.5
    per_group: dict[str, float] = field(default_factory=dict)


@dataclass
class Config:
    bot: BotConfig = field(default_factory=BotConfig)
    chat: ChatConfig = field(default_factory=ChatConfig)


@dataclass
class APIAdapterConfig:
    models: list[str] = field(default_factory=lambda: ["small"])
    temperature: float = 0.7


@pytest.fixture
def bot_config(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module src.config.config with fresh configuration objects."""
    module = ModuleType("src.config.config")
    module.Config = Config  # type: ignore[attr-defined]
    module.global_config = Config()  # type: ignore[attr-defined]
    module.model_config = APIAdapterConfig()  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "src.config", ModuleType("src.config"))
    monkeypatch.setitem(sys.modules, "src.config.config", module)
    return module


@pytest.fixture(autouse=True)
def forget_everything() -> Iterator[None]:
    token = ambient._ambient.set(None)
    yield
    ambient._ambient.reset(token)
    ambient.forget_known_contexts()
    isolation.set_strict_isolation(None)
    config._overrides.clear()
    isolation.reload_isolated_config()
