import pytest

import clerk
import main as entry


@pytest.fixture
def fake_take(mocker):
    with mocker.patch("clerk.take") as fake:
        yield fake


def test_setattr_string(monkeypatch):
    monkeypatch.setattr("clerk.take", lambda order: 3)
    assert clerk.checkout(clerk.Till(), "x") == 4


def test_setattr_object(monkeypatch):
    def take(order, extra=None):
        return 7

    monkeypatch.setattr(clerk, "take", take)
    assert clerk.checkout(clerk.Till(), "x") == 8


def test_setitem(monkeypatch):
    monkeypatch.setitem(clerk.TABLE, "take", lambda order: 1)
    assert clerk.by_table("x") == 1


def test_method(monkeypatch):
    monkeypatch.setattr(clerk.Till, "ring", lambda self, order: 12)
    assert clerk.checkout(clerk.Till(), "x") == 12


def test_builtin(monkeypatch):
    monkeypatch.setattr(clerk, "take", len)
    assert clerk.checkout(clerk.Till(), "four") == 5


def test_store(monkeypatch):
    class Other:
        def put(self, row):
            return 30

    monkeypatch.setattr("clerk.store", Other())
    assert clerk.take("x") == 30


def test_plain_setattr():
    old = clerk.take
    setattr(clerk, "take", lambda order: 2)
    assert clerk.checkout(clerk.Till(), "x") == 3
    clerk.take = old
