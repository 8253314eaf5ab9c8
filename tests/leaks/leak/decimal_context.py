# leak: the precision of the decimal context stays set
import decimal

from app.config import settings

PRECISIONS = {"a": 3, "b": 7}


async def handle(d):
    context = decimal.getcontext()
    used = context.prec
    context.prec = PRECISIONS.get(settings.name, 5)
    return used, len(str(decimal.Decimal(1) / 3))
