from app.kinds import Manager


class FakeManager(Manager):
    pass
