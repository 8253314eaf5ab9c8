from app.parts import Counter, Feed, Part, Single, shared, steps


def on_message(raw):
    return (
        shared.title(),
        Part().title(),
        steps.limit(),
        Counter().limit(),
        Feed().read(),
        Single("a").read(),
    )
