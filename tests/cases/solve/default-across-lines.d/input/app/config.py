class Settings:
    owner = "o"


settings = Settings()
