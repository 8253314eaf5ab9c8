from app.config import settings


def mistaken():
    a = settings.name  # weft: ignore[confg] misspelt
    b = settings.name  # weft: ignore[config]
    c = settings.name  # weft: ignore config
    d = settings.name  # weft: ignore[config the end is missing
    e = settings.name  # weft: ignroe[config] misspelt
    f = settings.name  # weft: ignore[config,] one id too few
    g = settings.name  # weft: ignore[E104] errors cannot be ignored
    h = 1  # weft: ignore[config, chat_stream] nothing is here
    # weft: ignore[W201] nothing is refused below
    return a, b, c, d, e, f, g, h
# weft: ignore[manager] nothing follows
