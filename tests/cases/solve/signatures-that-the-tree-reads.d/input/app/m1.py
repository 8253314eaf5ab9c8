import inspect
from app import shapes


def every(names):
    results = []
    for name in names:
        shape = getattr(shapes, name)
        results.append(shape(*[1 for _ in inspect.signature(shape).parameters]))
    return results
