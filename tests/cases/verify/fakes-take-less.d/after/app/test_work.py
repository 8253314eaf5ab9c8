from pathlib import Path
from unittest import mock

from app import work


class Quiet:
    def warning(self, text):
        pass


def test_run(monkeypatch):
    monkeypatch.setattr(work, "logger", Quiet())
    monkeypatch.setattr(work.logger, "warning", lambda text: None)
    monkeypatch.setattr(Path, "exists", lambda path, _: True)
    with mock.patch("app.work.take", lambda order: 1):
        work.run()
