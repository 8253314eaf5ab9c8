# sound: the precision is set in a local context
import decimal

from app.config import settings

PRECISIONS = {"a": 3, "b": 7}


async def handle(d):
    with decimal.localcontext() as context:
        context.prec = PRECISIONS.get(settings.name, 5)
        third = str(decimal.Decimal(1) / 3)
    return decimal.getcontext().prec, third
