from celery import shared_task

from shop.mail import sender


@shared_task
def remind():
    return sender()
