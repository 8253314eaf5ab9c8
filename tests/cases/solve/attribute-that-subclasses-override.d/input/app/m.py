from app.config import get_settings


def pick(key):
    return get_settings().owner + key


class Form:
    validators = [pick, str.upper]

    def clean(self, value):
        for v in self.validators:
            value = v(value)
        return value


class Base:
    validators = [pick]

    def clean(self, value):
        for v in self.validators:
            value = v(value)
        return value


class Special(Base):
    validators = [str.upper]


class Third:
    check = pick

    def clean(self, value):
        return type(self).check(value)


class Fourth(Third):
    check = str.upper


class Reader:
    def __init__(self):
        self.reader = pick

    def go(self, key):
        return self.reader(key)


class PlainReader(Reader):
    def __init__(self):
        super().__init__()
        self.reader = str.upper


def plain(key):
    return key


class OtherReader(Reader):
    def __init__(self):
        super().__init__()
        self.reader = plain




class Asking:
    def go(self, key):
        return pick(key)


class Plain:
    def go(self, key):
        return key


class View:
    engine_class = Asking

    def __init__(self):
        self.engine = self.engine_class()

    def run(self, key):
        return self.engine.go(key)


class PlainView(View):
    engine_class = Plain


class OwnView(View):
    def __init__(self):
        self.engine = Plain()
