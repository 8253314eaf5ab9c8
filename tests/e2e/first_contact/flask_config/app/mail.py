from flask import current_app


def sender():
    return current_app.config["ADMINS"][0]


def limit():
    return current_app.config.get("LIMIT", 10)
