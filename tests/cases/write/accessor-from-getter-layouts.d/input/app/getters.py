from app.kind import Kind

_plain = None


def get_plain():
    """As in:
      if x:
        get_plain():
    """
    global _plain
    if _plain is None:
        _plain = Kind(
            1,
            # the second
            [
                2,
                """long
            string""",
            ],
        )
    return _plain
