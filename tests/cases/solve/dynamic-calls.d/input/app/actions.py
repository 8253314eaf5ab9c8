from app.config import settings


class Actions:
    def jump(self):
        return settings.height

    def run(self, name):
        return getattr(self, name)()


def jump_high():
    return settings.height


HANDLERS = {"jump": jump_high}
