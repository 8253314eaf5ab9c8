class Model:
    @classmethod
    def select(cls):
        return []


class Message(Model):
    pass
