from shop.config import NAMES, RETRIES, clock, environment, mail


def send():
    return environment.token, mail.host, clock.now(), RETRIES, NAMES
