class Settings:
    name = "one"
    limit = 3
    version = "1.0"


settings = Settings()


def greeting():
    return "hello " + settings.name
