class Stream:
    def __init__(self, chat_id):
        self.chat_id = chat_id

    @classmethod
    def of(cls, raw):
        return cls(raw["chat"])


class Private(Stream):
    pass
