STATE = {"a": 1, "b": 2}


def change(key, box, value):
    del STATE['a']
    setattr(box, "limit", value)
    box.name = value  # weft: ignore[name] made before the first message


def on_message(raw):
    change("a", raw, 1)
    return STATE["a"], STATE["b"], STATE[raw.key], raw.limit, raw.name
