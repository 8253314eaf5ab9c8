from .tools import helper


class Root:
    def close(self):
        pass


class Base(Root):
    pass


class Store(Base):
    limit = "ten"

    def open(
        self,
        name,
        mode="r",
        extra=None,
        *args,
        force=False,
        isolation_context=None,
    ):
        return name


def _own(a):
    pass
