from django.conf import settings


def forward(apps, editor):
    return settings.AUTH_USER_MODEL
