class Settings:
    def __init__(self):
        self.name = "ann"


settings = Settings()
