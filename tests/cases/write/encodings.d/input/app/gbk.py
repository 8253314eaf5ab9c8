# -*- coding: gbk -*-
from app.config import settings


def name(x="你好"):
    return f"名字{settings.name}" + x
