# -*- coding: latin-1 -*-
from app.config import settings


def name():
    return settings.name + "é"
