from app import desk


def on_message(raw):
    clerk = desk.Clerk()
    return clerk.sell(raw), desk.Plain().deal(), desk.take(raw), desk.passed(), desk.inner()
