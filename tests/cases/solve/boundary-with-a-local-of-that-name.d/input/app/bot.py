from app.steps import work


def on_message(raw):
    if raw["quiet"]:
        isolation_context = "unrelated"
        print(isolation_context)
    return work(raw)
