class Settings:
    name = "weft"


settings = Settings()
