from app.main import title


def test_title():
    assert title()
