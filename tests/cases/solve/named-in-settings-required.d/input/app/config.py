class Settings:
    name = "bot"


settings = Settings()
