from app.config import settings


def f01(): return settings.a
def f02( ): return settings.a
def f03(a): return settings.a
def f04(a,): return settings.a
def f05(a, *, b): return settings.a
def f06(a, *args): return settings.a
def f07(a, *args, b=1): return settings.a
def f08(a, /): return settings.a
def f09(a, /, b): return settings.a
def f10(**kwargs): return settings.a
def f11(a, **kwargs,): return settings.a
def f12(*, a, **kwargs): return settings.a
def f13(a=1, b: int = 2) -> int: return settings.a
def f14(a: "list[int]" = (1, 2)) -> "dict[str, int]": return settings.a


def f15(
    a,
    b=1,
):
    return settings.a


def f16(
    a,
    b=1
):
    return settings.a


def f17(a,
        b=1):
    return settings.a


def f18(
    a,  # the first
    # the second
    b,  # what
):
    return settings.a


def f19(
    a,
    b  # last, no comma
):
    return settings.a


def f20(
    # nothing yet
):
    return settings.a


def f21(
    a,
    *,
    b,
    **kwargs,
) -> tuple[int, ...]:
    """Doc."""
    return settings.a


def f22[T: int](a: T) -> T:
    return settings.a


async def f23(
    a, b,
    c,
):
    return settings.a


def f24(a=lambda x, y: (x, y), *b, **c): return settings.a


def f25(
    a,
    **kwargs  # rest
): return settings.a


def on_message(raw):
    f01(); f02(); f03(1); f04(1); f05(1, b=2); f06(1); f07(1); f08(1); f09(1, 2); f10(); f11(1); f12(a=1)
    f13(); f14(); f15(1); f16(1); f17(1); f18(1, 2); f19(1, 2); f20(); f21(1, b=2); f22(1); f24(); f25(1)
    return f23(1, 2, 3)
