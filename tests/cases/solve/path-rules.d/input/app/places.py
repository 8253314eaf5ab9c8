import os
from pathlib import Path

ROOT = Path(__file__).parent
BASE = "data"
PICTURES = os.path.join(BASE, "pictures")
CACHE = ROOT / "cache"

os.makedirs(PICTURES, exist_ok=True)


def home():
    return os.path.expanduser("~/.app")
