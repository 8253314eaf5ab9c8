class Settings:
    drawer = []

    def __init__(self, name: str):
        self.name = name
        self.notes = {}
        self.words = [name, "hello"]
        self.size = len(name)

    def note(self, key, text):
        self.notes[key] = text

    def noted(self, key):
        return self.notes.get(key)

    def put_away(self, text):
        self.drawer.append(text)


settings = Settings("default")
