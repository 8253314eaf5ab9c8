# leak: a counter of the module counts names
from app.config import settings


from collections import Counter

_counts = Counter()


def handle(d):
    _counts[settings.name] += 1
    return _counts.most_common(1)[0][0]
