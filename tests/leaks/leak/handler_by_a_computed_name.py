# leak: the first answer of a handler that is found by a computed name
from app.config import settings


class Answers:
    first = None

    def on_hi(self, d):
        if Answers.first is None:
            Answers.first = settings.name
        return Answers.first


_answers = Answers()


def handle(d):
    return getattr(_answers, "on_" + d["text"])(d)
