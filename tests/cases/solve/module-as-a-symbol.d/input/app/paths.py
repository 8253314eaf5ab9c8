import app.config


def debug():
    return app.config.DEBUG
