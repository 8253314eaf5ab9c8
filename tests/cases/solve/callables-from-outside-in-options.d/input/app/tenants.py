from app.config import S


def settings_of(context):
    return S(context.tenant_id)
