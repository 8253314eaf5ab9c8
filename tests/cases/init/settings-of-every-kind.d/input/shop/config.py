from functools import lru_cache
from typing import cast

from pydantic_settings import BaseSettings
from werkzeug.local import LocalProxy


class Environment(BaseSettings):
    name: str = "shop"


class MailConfig:
    host = "localhost"


class Sender:
    def __init__(self, config):
        self.config = config


@lru_cache
def get_environment():
    return Environment()


def make_mail():
    made = MailConfig()
    return made


environment = get_environment()
mail_config = make_mail()
cast_config = cast(MailConfig, load(MailConfig))
proxy_settings = LocalProxy(lambda: Environment())
sender = Sender(MailConfig())
