from app.defaults import default


class Settings:
    name = "x"


settings = Settings()


def describe():
    return settings.name + default()
