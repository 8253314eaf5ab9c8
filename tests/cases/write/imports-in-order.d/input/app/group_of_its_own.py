import os
import sys

from .config import settings


def f():
    return settings.a
