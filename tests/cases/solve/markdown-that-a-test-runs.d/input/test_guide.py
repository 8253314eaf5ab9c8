from pathlib import Path


def test_guide():
    exec(Path("guide.md").read_text())
