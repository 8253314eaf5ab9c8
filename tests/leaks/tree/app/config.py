class Settings:
    def __init__(self, name: str):
        self.name = name
        self.words = [name, "hello"]
        self.size = len(name)


settings = Settings("default")
