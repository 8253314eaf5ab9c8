from app.config import settings


def get_settings(context):
    return settings.of(context.tenant_id)


def context_from_message(raw):
    def fallback():
        return settings.default

    return raw.context or fallback()


def threaded():
    return settings.name
