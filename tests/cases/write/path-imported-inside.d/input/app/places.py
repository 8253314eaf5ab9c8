from pathlib import Path

PICTURES = Path("data/pictures")
