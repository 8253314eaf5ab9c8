from app.config import settings


class Actions:
    def jump(self):
        return settings.height

    def run(self, name):
        return getattr(self, name)()


def on_message(raw):
    return Actions().run("jump"), Actions().jump()
