from app.base import Base
from app.child import Child, Inherits, OldStyle


def on_message(raw):
    items = [Child("c", 1), Inherits("i"), OldStyle("o"), Base.default(), Inherits.default()]
    return [item.limit() for item in items]
