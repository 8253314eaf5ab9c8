import app.config as config


def read():
    return config.settings.name, config.other
