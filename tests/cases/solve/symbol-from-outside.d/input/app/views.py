from django import conf
from django.conf import settings
from django.conf import settings as s
import local_config

LIMIT = settings.LIMIT


def index(request):
    return settings.NAME, s.DEBUG, conf.settings.SITE


def token():
    from django.conf import settings

    return settings.TOKEN + local_config.token


def settings_of(settings):
    return settings.NAME
