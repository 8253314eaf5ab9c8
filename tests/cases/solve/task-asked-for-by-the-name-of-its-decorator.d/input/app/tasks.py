import dramatiq
from celery import Celery

from app.config import settings

app = Celery("app")


@app.task(name="mail.send", bind=False)
def send(text, times=1):
    return text * settings["limit"] * times


@dramatiq.actor(actor_name="mail-count")
def count(text):
    return len(text) + settings["limit"]


@app.task(name="mail.plain")
def plain(text):
    return text
