from app.greet import greet, wrap


def on_message(raw):
    greet()
    greet( )
    greet(
    )
    greet("a")
    greet("a",)
    greet("a", )
    greet(*raw)
    greet(**raw)
    greet(*raw, **raw)
    greet("a", **raw, )
    greet(x=1)
    greet(x for x in raw)
    greet((x for x in raw))
    greet(
        "a",
        "b"
    )
    greet(
        "a",
        "b",
    )
    greet("a",
          "b")
    greet("a",
          "b",
          )
    greet(
        "a", "b",
        "c", "d",
    )
    greet(
        x=1,  # why
    )
    greet(
        x=1  # why
    )
    greet(
        "a",
        # last
    )
    greet(  # first
        "a"
    )
    greet(
        # nothing
    )
    greet([
        "a",
    ])
    greet({
        "a": 1,
    }, raw)
    greet("""text
    more""")
    greet("a", lambda: 0)
    wrap(wrap(wrap(1), y=wrap(2)))
    wrap \
        (1)
    wrap(1, \
         2)
    if (x := wrap(1)) and wrap(x)[0]:
        pass
    greet ("a")
    return [wrap(x) for x in raw if wrap(x)], (lambda q: wrap(q)), {wrap(1): wrap(2)}, wrap(1)[0], not wrap(1), -wrap(1)
