from app.config import settings

def one_line(): return settings.a, settings.b
def with_pass(): settings.a; settings.b
def doc_only(): """Doc."""; return settings.a


async def documented():
    """Doc.

    More.
    """

    # A comment before the code.
    x = settings.a
    return x


def raw_docstring():
    r"""Doc."""
    return settings.a


def not_a_docstring():
    f"""{settings.a}"""
    return settings.b


def commented():
    # The first line is a comment.
    return settings.a


class Holder:
    """Doc."""

    def documented(self): return settings.a


class OneLine: size = lambda self: settings.a


class WithInit(Holder):
    def __init__(self): pass

    def more(self):
        """Doc."""
        return settings.a


async def on_message(raw): """Doc."""; return one_line(), with_pass(), doc_only(), await documented(), raw_docstring(), not_a_docstring(), commented(), Holder().documented(), OneLine().size(), WithInit().more()
