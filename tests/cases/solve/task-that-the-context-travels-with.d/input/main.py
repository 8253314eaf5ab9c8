from celery_app import app

from conf import settings


@app.task
def send(n):
    return f"{settings.name}{n}"


@app.task(bind=True)
def resend(self, n, *, hard=False):
    if n:
        self.delay(n - 1, hard=hard)
    return f"re{settings.name}{n}"


@app.task()
def fan(n):
    send.delay(n)
    return send(n)


def handle(tenant):
    send.delay(1)
    send.apply_async(args=(2,))
    send.apply_async((3,), countdown=1)
    send.s(4)()
    resend.delay(1, hard=True)
    app.send_task("main.send", [5])
    fan.delay(6)
    return app.work() + [send(7), app.tasks["main.send"](8)]
