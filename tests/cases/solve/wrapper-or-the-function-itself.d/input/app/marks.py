import functools

CHECKED = True


def expect(*kinds):
    def decorator(f):
        if __debug__ is True:

            @functools.wraps(f)
            def check(self, event):
                assert isinstance(event, kinds)
                return f(self, event)

            return check
        else:
            return f

    return decorator


def counted(f):
    if not CHECKED:
        return f

    def count(raw):
        return f(raw)

    return count


def plain(f):
    f.is_plain = True
    return f


def once(cls):
    if not CHECKED:
        return cls

    def make(raw):
        return cls(raw)

    return make
