import sys

sys.path.insert(0, ".")

from app.work import work
from app.view import view


def run():
    return view(work())
