from app.base import Base


class Child(Base):
    def __init__(self, name, extra):
        super().__init__(name)
        self.extra = extra


class Inherits(Base):
    pass


class OldStyle(Base):
    def __init__(self, name):
        Base.__init__(self, name)
