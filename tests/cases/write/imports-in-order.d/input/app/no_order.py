from app.store import Store
import sys
from app.config import settings
import os
from app.alpha import a


def f():
    return settings.a
