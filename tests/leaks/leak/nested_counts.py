# leak: names are counted by day, and the names of a day are listed
from collections import defaultdict

from app.config import settings

counts = defaultdict(lambda: defaultdict(int))


async def handle(d):
    counts["today"][settings.name] += 1
    return sorted(counts["today"])
