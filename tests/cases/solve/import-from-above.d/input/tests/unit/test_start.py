# pytest puts the folder of conftest.py, which is no package, on the path; `app` is still that of the root.
from app.kinds import Manager
from helpers.fakes import FakeManager


def test_start():
    Manager().start()
    FakeManager().start()
