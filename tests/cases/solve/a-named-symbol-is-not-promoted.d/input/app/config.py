from app.paths import root


class Settings:
    def __init__(self):
        self.path = root + "settings"


settings = Settings()
