from app.filters import at_least, checker, greeter, named, sized

admin = at_least(3)
main_part = named("main")
secret = checker()
handlers = []


def main():
    handlers.append(greeter())
    return sized(["a"])


async def on_message(raw):
    return admin(raw), main_part(raw), secret.check(raw), [await h(raw) for h in handlers]
