class IsolationContext:
    pass


def current_isolation_context():
    return IsolationContext()


def isolated_accessor(*keys):
    return lambda factory: factory


def ambient_instance(accessor):
    return accessor


def tenant_settings(name, context):
    return name
