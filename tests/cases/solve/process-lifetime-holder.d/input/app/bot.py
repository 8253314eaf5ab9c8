from app.receiver import Receiver


class Bot:
    def __init__(self):
        self.receiver = Receiver()

    def on_message(self, raw):
        return self.receiver.receive(raw)


bot = Bot()
