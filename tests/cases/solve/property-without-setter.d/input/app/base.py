class Component:
    def __init__(self, owner):
        self.owner = owner

    @property
    def isolation_context(self):
        return self.owner.isolation_context
