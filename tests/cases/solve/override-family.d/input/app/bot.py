from app.base import Base
from app.kinds import Deep, Plain, Sink


def use(base: Base):
    return base.twice(1)


def on_message(raw):
    return [use(b) for b in (Sink(), Plain(), Deep())]
