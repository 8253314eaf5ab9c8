from app.config import settings


class TestName:
    def test_name(self):
        assert settings.name == "x"


class Helper:
    def name(self):
        return settings.name


def test_helper():
    assert Helper().name() == settings.name
