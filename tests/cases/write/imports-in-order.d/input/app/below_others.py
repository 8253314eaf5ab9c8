import os

import requests

def f():
    from app.config import settings
    return settings.a


def f():
    return settings.a
