from app.apis.chat import nickname


class Bot:
    def name(self):
        return nickname()


def on_message(raw):
    return Bot().name()
