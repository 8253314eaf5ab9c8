from app.work import Worker, make, pair


def on_message(raw):
    if worker := make():
        worker.work(1)
    with Worker() as entered:
        entered.work(2)
    for each in [Worker(), Worker()]:
        each.work(3)
    first, count = pair()
    first.work(count)
    match raw:
        case {"worker": Worker() as matched}:
            matched.work(4)
    match first:
        case Worker():
            first.work(6)
    return [w.work(5) for w in [Worker()]]
