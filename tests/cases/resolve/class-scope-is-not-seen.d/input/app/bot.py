from app.config import settings


class Reply:
    settings = {"own": 1}

    def read(self):
        return settings.name

    def own(self):
        return self.settings


def on_message(raw):
    reply = Reply()
    return reply.read(), reply.own()
