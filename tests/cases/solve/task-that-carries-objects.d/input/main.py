import asyncio

import dramatiq
from apscheduler.schedulers.background import BackgroundScheduler
from fastapi import BackgroundTasks
from huey import RedisHuey
from redis import Redis
from rq import Queue

from conf import settings

queue = Queue(connection=Redis())
huey = RedisHuey()
scheduler = BackgroundScheduler()


def plain(n):
    return f"{settings.name}{n}"


@dramatiq.actor
def mail(n):
    return plain(n)


@huey.task()
def count(n):
    return plain(n)


@huey.task()
def tidy(n):
    return n


def handle(tenant, background: BackgroundTasks):
    queue.enqueue(plain, 1)
    queue.enqueue("main.plain", 2)
    mail.send(3)
    mail.send_with_options(args=(4,), delay=10)
    count(5)
    count.schedule((6,), delay=1)
    tidy.schedule((7,), delay=1)
    scheduler.add_job("main:plain", "interval", seconds=8)
    background.add_task(plain, 9)
    asyncio.get_running_loop().call_later(1, plain, 10)
    asyncio.get_running_loop().add_signal_handler(10, plain)


class Mails:
    @staticmethod
    @dramatiq.actor
    async def later(n):
        return plain(n)

    def ask(self):
        self.later.send(11)
        Mails.later.send(12)
