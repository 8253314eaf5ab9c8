from app import config


def name():
    return config.name
