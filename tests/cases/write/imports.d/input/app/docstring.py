"""Doc."""
def name():
    from app import between
    return between.name()
