# sound: a function of a package that is called as a method that fills something is: it fills nothing
import functools
import operator

from app.config import settings


async def handle(d):
    add = functools.partial(operator.add, settings.name)
    return add(str(d))
