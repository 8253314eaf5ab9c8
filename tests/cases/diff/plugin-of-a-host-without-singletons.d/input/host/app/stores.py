from app.isolation import IsolationContext, isolated_accessor


class Store:
    def read(self, key):
        return key


@isolated_accessor("tenant_id")
def get_isolated_store(isolation_context: IsolationContext) -> Store:
    return Store()


@isolated_accessor("tenant_id")
def get_isolated_cache(isolation_context: IsolationContext) -> Store:
    return Store()
