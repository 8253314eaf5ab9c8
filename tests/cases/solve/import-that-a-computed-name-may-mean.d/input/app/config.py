class Settings:
    owner = "o"


settings = Settings()


def get_settings():
    return settings
