class Settings:
    def __init__(self):
        self.limit = 1


settings = Settings()


def limit():
    return settings.limit
