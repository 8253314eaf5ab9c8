from app.config import settings


class Manager:
    def __init__(self):
        self.chats = {}

    def warm_up(self):
        return settings.size

    def answer(self, raw):
        return self.words(raw)

    def words(self, raw):
        return settings.words

    def for_a_local(self):
        return settings.local

    def for_one_that_was_stored(self):
        return settings.stored


manager = Manager()


class Keeper:
    def __init__(self):
        self.manager = manager

    def use(self):
        return self.manager.for_one_that_was_stored()
