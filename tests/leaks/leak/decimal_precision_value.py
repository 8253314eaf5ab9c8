# leak: the precision of the decimal context is a tenant's number, and stays set
import decimal

from app.config import settings


def digits(name):
    return 2 + ord(name[0]) % 7


async def handle(d):
    context = decimal.getcontext()
    used = context.prec
    context.prec = digits(settings.name)
    return used, str(decimal.Decimal(1) / 3)
