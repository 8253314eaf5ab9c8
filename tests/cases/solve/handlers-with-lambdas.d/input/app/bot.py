from app.config import settings


def jump(x):
    return settings.height * x


HANDLERS = {
    "jump": jump,
    "stay": lambda x: x,
    "twice": lambda x, times=2,: jump(x) * times,
    "tell": lambda *_: _,
}
MAKERS = [lambda: 1, jump]
OPEN = {"all": lambda *args, **kwargs: str(*args, **kwargs), "jump": jump}


def on_message(raw):
    HANDLERS[raw["key"]](raw["x"])
    MAKERS[raw["place"]]()
    OPEN[raw["key"]](raw["x"])
