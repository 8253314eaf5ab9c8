class Settings:
    pass


settings = Settings()
other = 1
