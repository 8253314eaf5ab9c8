from app.config import settings


def answer(isolation_context: str):
    return settings.name + isolation_context


def local():
    isolation_context = 1
    return settings.name, isolation_context


def two_reads(config):
    return settings.a, settings.b, config


def two_reads_and_a_global():
    global config
    config = 1
    return settings.a, settings.b


def on_message(raw):
    return answer("x"), local(), two_reads(1), two_reads_and_a_global()


def all_left(**isolation_context):
    return settings.name, isolation_context


def with_default(isolation_context="x"):
    return settings.name + isolation_context


def on_other(raw):
    return all_left(a=1), with_default()
