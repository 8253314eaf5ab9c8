from app.config import (
    settings,
)
from app.isolation import IsolationContext


def name(*, isolation_context: "IsolationContext"):
    return settings.name
