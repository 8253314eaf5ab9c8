class SentMessage:
    text = ""


class ChatStream:
    def receive(self):
        return 1

    def answer(self):
        return 2

    def save(self):
        return 3

    def forget(self):
        return 4
