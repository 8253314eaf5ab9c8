from app.config import settings
from app.isolation import IsolationContext


class Stream:
    def __init__(self, chat_id, *, isolation_context: IsolationContext):
        self.isolation_context = isolation_context
        self.chat_id = chat_id

    def name(self):
        return settings.name


default = Stream("default")
