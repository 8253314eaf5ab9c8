from app.isolation import IsolationContext, current_isolation_context, get_settings, in_each_context
from app.timer import timer


def tell(*, isolation_context: IsolationContext):
    return get_settings(isolation_context).name


@timer.every(60)
@in_each_context
async def asks():
    isolation_context = current_isolation_context()
    return get_settings(isolation_context).name


@timer.every(60)
@in_each_context
async def passes_it_on():
    isolation_context = current_isolation_context()
    return tell(isolation_context=isolation_context)


@timer.every(60)
@in_each_context
async def passes_it_on_in_place():
    return tell(isolation_context=current_isolation_context())


@timer.once
async def runs_for_nobody():
    isolation_context = current_isolation_context()
    return tell(isolation_context=isolation_context)
