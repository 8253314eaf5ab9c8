from app.tool import Tool, Spanner, Other
from typing import Union, Optional


def a1(x):
    if isinstance(x, Tool):
        x.use()


def a2(x):
    if not isinstance(x, Tool):
        return None
    return x.use()


def a3(x):
    if not isinstance(x, (Tool, Other)):
        raise TypeError
    return x.use()


def a4(x, y):
    if y and isinstance(x, Tool) and x.me:
        return x.use()


def a5(x):
    return isinstance(x, Tool) and x.use()


def a6(x):
    assert isinstance(x, Tool), "no"
    return x.use()


def a7(x):
    if type(x) is Tool:
        return x.use()


def a8(x):
    return x.use() if isinstance(x, Tool) else None


def a9(self_thing):
    if isinstance(self_thing.part, Tool):
        return self_thing.part.use()


def a10(xs):
    return [x.use() for x in xs if isinstance(x, Tool)]


def a11(x: object):
    while not isinstance(x, Tool):
        x = x.next
    return x.use()


def a12(x):
    match x:
        case Tool():
            return x.use()
        case Spanner() as s:
            return s.turn()


def a13(x):
    if isinstance(x, Other):
        return 1
    elif isinstance(x, Tool):
        return x.use()


def a14(x: Optional[Tool]):
    if x is None:
        return 1
    return x.use()


def a15(x: "Tool | Other | None"):
    if x:
        return x.use()


def a16(x: Tool):
    if isinstance(x, Spanner):
        return x.turn()


def a17(xs):
    for x in xs:
        if not isinstance(x, Tool):
            continue
        x.use()


def a18(x):
    if (y := x.get()) and isinstance(y, Tool):
        return y.use()


def a19(x):
    if isinstance(x, Tool) or isinstance(x, Spanner):
        return x.use()


def a20(x):
    if isinstance(x, str):
        return x
    if callable(x) and not isinstance(x, Tool):
        return 2
    return x.use()


def a21(x):
    if issubclass(x, Tool):
        return x().use()


def a22(x):
    try:
        assert isinstance(x, Tool)
        return x.use()
    except Exception:
        return None


def a23(xs):
    return list(filter(lambda t: isinstance(t, Tool) and t.use(), xs))


def a24(x):
    if hasattr(x, "use"):
        return x.use()


def a25():
    x = Tool()
    x.use()
    x = Other()
    x.use()


def a26(x):
    if isinstance(x, Tool):
        x = x.next
        return x.use()
