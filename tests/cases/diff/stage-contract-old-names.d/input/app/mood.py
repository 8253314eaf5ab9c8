from app.isolation import IsolationContext, get_settings, isolated_accessor
from app.isolation.legacy import count, stand_in


class Moods:
    def __init__(self, *, isolation_context: IsolationContext | None = None) -> None:
        if isolation_context is None:
            isolation_context = count("app.mood.Moods.__init__")
        self.isolation_context = isolation_context

    def now(self):
        return get_settings(self.isolation_context).mood


@isolated_accessor("tenant_id")
def get_isolated_moods(isolation_context: IsolationContext) -> Moods:
    return Moods(isolation_context=isolation_context)


moods: Moods = stand_in("app.mood.moods", get_isolated_moods)
def last(*, isolation_context: IsolationContext | None = None):
    if isolation_context is None:
        isolation_context = count("app.mood.last")
    return get_isolated_moods(isolation_context).now()
