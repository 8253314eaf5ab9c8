from os import path
import os

from app.config import settings
import app.zeta


def f():
    return settings.a
