from app.isolation import IsolationContext, current_isolation_context, get_settings, isolated_accessor


class Store:
    def __init__(self, *, isolation_context: IsolationContext | None = None):
        if isolation_context is None:
            isolation_context = current_isolation_context()
        self.isolation_context = isolation_context

    def name(self):
        return get_settings(self.isolation_context).name


@isolated_accessor("tenant_id")
def get_isolated_store(isolation_context: IsolationContext) -> Store:
    return Store(isolation_context=isolation_context)
