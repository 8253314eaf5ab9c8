from app.models import Menu, Messages
from app.models import Messages as Rows

cache = {}


def get_setting(key, default):
    return default


def note(*parts, **options):
    return parts, options


def on_message(raw):
    show(raw["text"], Menu())
    return History().last(raw)


def show(text, menu):
    menu.select(text)  # no table
    print(Messages.select(Messages.text).count(text))
    note("a", text, sep=1)
    note(text)
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


def more(raw, pairs):
    total = 1 + pairs.pop("k", 0.0)
    total += choose(raw, total, lambda: 2) * choose(total, choose(raw, 1, 2), 3)
    return pairs.pop(raw["k"].pop(1, 2), pairs or None)


class History:
    def last(self, raw):
        limits(raw, 1, 2)
        more(raw, {})
        return cache[raw["id"]], cache.get(raw["id"]), self.forget(raw)

    def forget(self, raw):
        return get_setting("limit", len(raw))


def which(raw, kind: type):
    model = Messages if raw else kind
    return model.select()


FIRST = Messages.select()
