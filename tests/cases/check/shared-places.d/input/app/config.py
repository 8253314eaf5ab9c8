class Settings:
    def __init__(self):
        self.name = "ann"
        self.folder = "data/ann"


settings = Settings()
