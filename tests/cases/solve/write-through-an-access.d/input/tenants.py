from conf import Config
KEPT = {}


def config_of(context) -> Config:
    return KEPT.setdefault(("c", context.tenant_id), Config(context.tenant_id))


def settings_of(context) -> Config:
    return KEPT.setdefault(("s", context.tenant_id), Config(context.tenant_id + "2"))


def make(tenant):
    from isolation import IsolationContext

    return IsolationContext(tenant, "default")


def klass_of(context):
    return config_of(context)
