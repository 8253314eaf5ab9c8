import sys

sys.path.insert(0, ".")

from app import config  # noqa: E402
from app.view import view  # noqa: E402
from app.work import work  # noqa: E402


def run():
    return view(work()), config
