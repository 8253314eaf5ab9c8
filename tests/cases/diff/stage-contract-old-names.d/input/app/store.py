from app.isolation import (
    IsolationContext,
    current_isolation_context,
    get_settings,
    isolated_accessor,
)
from app.isolation.legacy import count


class Store:
    def __init__(self, *, isolation_context: IsolationContext | None = None) -> None:
        if isolation_context is None:
            isolation_context = current_isolation_context()
        self.isolation_context = isolation_context

    def path(self):
        return get_settings(self.isolation_context).path


class Cache(Store):
    pass


@isolated_accessor("tenant_id")
def get_isolated_store(isolation_context: IsolationContext) -> Store:
    return Store(isolation_context=isolation_context)


def get_store() -> Store:
    return get_isolated_store(count("app.store.get_store"))


@isolated_accessor("tenant_id")
def get_isolated_cache(isolation_context: IsolationContext) -> Cache:
    return Cache(isolation_context=isolation_context)
