"""What app.isolation brings; not app.isolation_old."""
from app.isolation.context import Context, current, made
import app.isolation.context


def settings_of(context):
    return app.isolation.context.settings[context.tenant]


def part(name, context):
    return name, context


def store_of(context):
    return context
