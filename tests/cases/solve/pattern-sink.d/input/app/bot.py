from app.models import Menu, Messages
from app.models import Messages as Rows

cache = {}


def get_setting(key, default):
    return default


def on_message(raw):
    show(raw["text"], Menu())
    return History().last(raw)


def show(text, menu):
    menu.select(text)  # no table
    print(Messages.select(Messages.text).count(text))
    for row in Rows.select():
        print(row)
    return Messages.select(
        Messages.text,
        len(Rows.select(  # inner
            Rows.text,
        )),
    )


def limits(raw, low, high):
    wide = get_setting("limit", low or high)
    narrow = get_setting("limit", high)
    return wide, narrow, f"{Messages.select()!r}"


class History:
    def last(self, raw):
        limits(raw, 1, 2)
        return cache[raw["id"]], cache.get(raw["id"]), self.forget(raw)

    def forget(self, raw):
        cache[raw["id"]] = None
        return get_setting("limit", len(raw))


def which(raw, kind: type):
    model = Messages if raw else kind
    return model.select()


FIRST = Messages.select()
