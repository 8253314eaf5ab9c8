try:
    from json import loads
except ImportError:
    loads = None

from app.work import work


def run(text):
    return work(), loads(text)
