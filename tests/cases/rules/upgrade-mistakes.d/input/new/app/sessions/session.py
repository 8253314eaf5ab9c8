class BotSession:
    def receive(self):
        return 1

    def answer(self):
        return 2

    def save(self):
        return 3


class Other:
    def receive(self):
        return 1
