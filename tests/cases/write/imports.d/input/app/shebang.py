#!/usr/bin/env python3
# -*- coding: utf-8 -*-
"""Doc."""
from app.config import settings


def name():
    return settings.name
