# sound: names are counted in an inner table, which is asked for one's own only
from collections import defaultdict

from app.config import settings

counts = defaultdict(lambda: defaultdict(int))
days = defaultdict(int)


async def handle(d):
    days["today"] = 1
    counts["today"][settings.name] = 7
    return counts["today"][settings.name], sorted(days)
