from app.config import settings


def name(x="n", y=None):
    return settings.name + x


def on_message(raw):
    a = f"I am {settings.name!r:>{settings.width}} and {name()} in {name('x')}"
    b = f'{settings.bot["name"]} {{settings.name}} {name("x")}'
    c = f"{settings.name=}"
    d = rf"\d{settings.pattern}" f"{settings.a}" "settings.b" f"é{settings.c}中{name()}文"
    e = f"""
    {settings.name}
    {name(
        "x",
        y=settings.a,
    )}
    """
    g = f"{[name(x) for x in raw]} {name(x) if (x := raw) else name()}"
    h = f"{(lambda: settings.z)()}"
    return a, b, c, d, e, g, h, "{}".format(settings.name), "%s" % settings.name
