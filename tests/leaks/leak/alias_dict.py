# leak: a dictionary in a list
from app.config import settings

known = {}


def fill(jobs):
    for job in jobs:
        job["answer"] = settings.name + job["text"]


def ask(text):
    job = {"text": text}
    fill([job])
    return job["answer"]


async def handle(d):
    if d["text"] not in known:
        known[d["text"]] = ask(d["text"])
    return known[d["text"]]
