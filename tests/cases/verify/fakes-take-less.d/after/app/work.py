import logging
from dataclasses import dataclass as std_dataclass
from pathlib import Path

logger = logging.getLogger(__name__)


@std_dataclass
class Result:
    title: str
    url: str = ""


def take(order, *, extra=None):
    logger.warning("took %s", order, exc_info=True)
    return Path("x").exists(), Result("t", url="u")


def run():
    return take(1, extra=2)
