"""The tenant on every record of a log.

    logging.basicConfig(format="%(asctime)s %(tenant_id)s %(message)s")
    add_tenant_to_records()

    tenant_log(logger, isolation_context).info("sent %s", number)

What is logged through `tenant_log` says whom it is about, in whatever thread
it runs. All other records, those of libraries too, are of the ambient tenant,
and `-` where there is none.
"""

from __future__ import annotations

import logging
import sys
from contextvars import ContextVar
from typing import Any, TypeVar, cast

from .ambient import ambient_context
from .context import IsolationContext

L = TypeVar("L")
NOBODY = "-"
_said: ContextVar[IsolationContext | None] = ContextVar(
    "isolation.said",
    default=None,
)
_DEEPER = 1 if sys.version_info >= (3, 11) else 4
"""Frames between who logs and where logging looks for it."""


def tenant_log(logger: L, isolation_context: IsolationContext) -> L:
    """`logger`, saying whom it logs about.

    It is one of logging, or has a `bind`, as loguru's and structlog's.
    """
    if isinstance(logger, (logging.Logger, logging.LoggerAdapter)):
        return cast(L, _TenantLog(cast(Any, logger), isolation_context))
    bind = getattr(logger, "bind", None)
    return logger if bind is None else bind(**_names(isolation_context))


class TenantFilter(logging.Filter):
    """For one handler: gives the tenant to records that do not say it.

    "filters": {"tenant": {"()": "isolation.records.TenantFilter"}}
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if not hasattr(record, "tenant_id"):
            record.__dict__.update(_names(_meant()))
        return True


def add_tenant_to_records() -> None:
    """For all handlers of the process, whoever adds them and when."""
    make = logging.getLogRecordFactory()
    if not isinstance(make, _Records):
        logging.setLogRecordFactory(_Records(make))


class _Records:
    """Makes records in the task or the thread that logs."""

    def __init__(self, make: Any) -> None:
        self._make = make

    def __call__(self, *args: Any, **kwargs: Any) -> logging.LogRecord:
        record = self._make(*args, **kwargs)
        record.__dict__.update(_names(_meant()))
        return record


class _TenantLog(logging.LoggerAdapter):  # type: ignore[type-arg]
    def __init__(self, logger: Any, context: IsolationContext) -> None:
        super().__init__(logger, {})
        self._context = context

    def process(self, msg: Any, kwargs: Any) -> tuple[Any, Any]:
        """What the call has as `extra` stays."""
        return msg, kwargs

    def log(self, level: int, msg: Any, *args: Any, **kwargs: Any) -> None:
        kwargs["stacklevel"] = kwargs.get("stacklevel", 1) + _DEEPER
        token = _said.set(self._context)
        try:
            super().log(level, msg, *args, **kwargs)
        finally:
            _said.reset(token)


def _meant() -> IsolationContext | None:
    return _said.get() or ambient_context()


def _names(context: IsolationContext | None) -> dict[str, str]:
    if context is None:
        return {"tenant_id": NOBODY, "agent_id": NOBODY}
    return {"tenant_id": context.tenant_id, "agent_id": context.agent_id}
