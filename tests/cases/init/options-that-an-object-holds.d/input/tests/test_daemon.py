from app.daemon import Daemon
from app.job import Job


def test_one():
    assert Daemon(None).options is None
    assert Daemon(1).options == 1
    assert Job(1).config == 1
    assert Job(2).config == 2
