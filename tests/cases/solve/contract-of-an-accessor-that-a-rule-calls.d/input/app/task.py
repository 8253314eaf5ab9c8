from app.isolation import IsolationContext, current_isolation_context
from app.store import get_isolated_store


class Task:
    def __init__(self, store):
        self.store = store

    def run(self, *, isolation_context: IsolationContext | None = None):
        if isolation_context is None:
            isolation_context = current_isolation_context()
        return get_isolated_store(isolation_context).name()
