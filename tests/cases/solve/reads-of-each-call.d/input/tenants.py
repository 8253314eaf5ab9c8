from conf import Settings
import conf


def settings_of(context) -> Settings:
    return Settings(conf.now[0])


def make(tenant):
    from isolation import IsolationContext

    return IsolationContext(tenant, "default")
