class Settings:
    def __init__(self):
        self.name = "ann"
        self.size = 3


settings = Settings()
