from conf import settings


class Required:
    def __init__(self, n=1):
        self.n = n

    def name(self):
        return settings.name + str(self.n)


class Table(dict, Required):
    n = 2


class Plain(Required):
    def __init__(self):
        super().__init__(3)
        self.first = settings.name


def use(cls: type[Required]):
    return cls()


def handle(tenant):
    return use(Plain).name(), dict(use(Table)), Plain().first
