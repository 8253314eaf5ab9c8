from app.reply import messages_and_start


def main():
    return messages_and_start()
