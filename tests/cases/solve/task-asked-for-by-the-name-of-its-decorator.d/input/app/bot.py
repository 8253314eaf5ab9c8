from celery import signature

from app.tasks import app
from queues import broker


def on_message(raw):
    app.send_task("mail.send", args=(raw,), kwargs={"times": 2})
    app.send_task(name="mail.plain", args=(raw,))
    broker.enqueue("mail-count", raw)
    return signature("mail.send", args=(raw,), kwargs={"times": 3}).apply_async()
