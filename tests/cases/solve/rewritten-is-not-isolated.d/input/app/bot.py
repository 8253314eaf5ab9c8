from app.reply import messages_and_start, only_messages


def on_message(raw):
    return only_messages(), messages_and_start()
