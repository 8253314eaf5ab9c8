from app import get_isolated_cache, get_isolated_moods, get_isolated_store
from app.isolation import IsolationContext, current_isolation_context


def show(*, isolation_context: IsolationContext | None = None):
    if isolation_context is None:
        isolation_context = current_isolation_context()
    return get_isolated_moods(isolation_context).now() + get_isolated_store(isolation_context).path() + get_isolated_cache(isolation_context).path()
