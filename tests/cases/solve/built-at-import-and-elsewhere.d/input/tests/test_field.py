from app.field import Field


def test_field():
    assert Field("x").parse(1) == 1
