# leak: the thread's decimal context gets its precision from the tenant that first changes it
import decimal

from app.config import settings


def precision():
    return sum(settings.name.encode()) % 20 + 3


def price(amount, parts):
    context = decimal.getcontext()
    if context.prec == decimal.DefaultContext.prec:
        context.prec = precision()
    return decimal.Decimal(amount) / parts


async def handle(d):
    return str(price(10, 3 * len(d["user"])))
