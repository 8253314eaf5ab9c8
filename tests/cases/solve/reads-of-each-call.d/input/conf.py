import sys

now = ["v0"]


class Settings:
    def __init__(self, name: str) -> None:
        self.name = name


settings = Settings("v0")


def tick():
    """Somebody changes the settings while others wait."""
    now[0] = "v%d" % (int(now[0][1:]) + 1)
    settings.name = now[0]
