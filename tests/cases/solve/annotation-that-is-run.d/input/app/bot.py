from app.hub import inside, plain, run, subscript


def on_message(raw):
    return run.limit + inside.limit + subscript.limit + plain.limit
