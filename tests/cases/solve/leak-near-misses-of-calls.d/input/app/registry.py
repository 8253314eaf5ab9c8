_engine = None


def set_engine(engine):
    global _engine
    _engine = engine
