class Settings:
    def __init__(self):
        self.name = "ann"
        self.loads = True


settings = Settings()
