# leak: the job has the list of the caller
from app.config import settings

known = {}


class Job:
    def __init__(self, text, out):
        self.text = text
        self.out = out

    def run(self):
        self.out.append(settings.name + self.text)


def ask(text):
    rows = []
    Job(text, rows).run()
    return rows[0]


async def handle(d):
    if d["text"] not in known:
        known[d["text"]] = ask(d["text"])
    return known[d["text"]]
