import config
from pyramid.conf import settings as pyramid_settings

from shop import settings
from shop.classes import AppConfig
from shop.config import cast_config, environment, get_environment, mail_config, proxy_settings, sender
from shop.constants import pages
from shop.parts.cart.config import WIDTH


def one():
    return environment.name, mail_config.host, cast_config.host, proxy_settings.name, get_environment()


def two():
    return settings.DEBUG, settings.TOKEN, AppConfig.LIMIT, AppConfig.SIZE, AppConfig.NAME, pages.size, WIDTH


def three():
    return pyramid_settings.SECRET, config.token, sender.config
