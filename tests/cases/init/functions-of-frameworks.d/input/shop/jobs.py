from celery import shared_task
from rq.decorators import job


@shared_task
def resend():
    pass


@job("default")
def clean():
    pass
