"""Settings that read the environment, some of the tree's own, and constants."""
from pydantic_settings import BaseSettings

RETRIES = 3
NAMES = {"a": 1}


class Environment(BaseSettings):
    token: str = ""


class MailConfig:
    def __init__(self, host):
        self.host = host


class Clock:
    def now(self):
        return 0


environment = Environment()
mail = MailConfig("localhost")
clock = Clock()
