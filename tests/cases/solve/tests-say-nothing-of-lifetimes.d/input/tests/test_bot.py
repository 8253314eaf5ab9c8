from app.bot import Bot, Receiver, keep, on_message, render


class FakeSession:
    def __init__(self, row):
        self.row = row

    def read(self, statement):
        return self.row or statement

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None


class FakeMessage:
    name = "x"

    def session(self):
        return FakeSession(None)


def test_bot():
    own = Bot()
    assert own.receiver.answer() and Receiver().answer()
    keep(FakeSession("row"))
    on_message(FakeMessage())
    calls = {"render": render}
    assert calls["render"]("x")
