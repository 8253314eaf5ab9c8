from app.bot import Session, helper


def test_session():
    assert Session("x").name()


def test_helper():
    assert helper()
