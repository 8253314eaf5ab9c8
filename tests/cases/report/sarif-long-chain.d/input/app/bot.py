from app.chain import step_1


def on_message(raw):
    return step_1()
