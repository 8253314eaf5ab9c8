# sound: an object of one message keeps a value
from app.config import settings


class Answer:
    def __init__(self):
        self.lines = []

    def add(self, line):
        self.lines.append(line)


def handle(d):
    answer = Answer()
    answer.add(settings.name)
    return answer.lines
