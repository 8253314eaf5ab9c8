"""Doc."""

from __future__ import annotations

import os

from app import config


def name():
    return config.settings.name, os.sep
