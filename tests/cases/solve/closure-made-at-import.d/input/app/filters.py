from app.config import settings


def at_least(level):
    def rule(raw):
        return limit() <= raw["level"]

    def limit():
        # Only the rule calls it, and that runs later.
        return settings.limit + level

    return rule


def named(part):
    return lambda raw: settings.names[part] == raw["name"]


def sized(sizes):
    def size(name):
        return settings.sizes[name]

    # Nothing is kept here: all of it runs before sized returns.
    return {name: size(name) for name in sizes}


def checker():
    class Checker:
        __slots__ = ()

        def check(self, raw):
            return settings.secret == raw["secret"]

    return Checker()


def greeter():
    async def greet(raw):
        return settings.greeting

    return greet
