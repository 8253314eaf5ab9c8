from django.conf import settings


def sender():
    return settings.DEFAULT_FROM_EMAIL
