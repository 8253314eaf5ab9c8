import store
from store import fetch as load
from other import fetch


def in_loop(keys):
    for key in keys:
        load(key)
        if key:
            load(key, "nested")
        return load(key, "last")


def in_try(key):
    try:
        load(key)
    except KeyError:
        store.fetch(key)
    load(load(key))


def by_name(key, get_name, got):
    fetch(key)
    load(get_name)
    load(got)
    load("text")
    load(key=key)
    check(key)
    load(key)
    done(key)


def check(key):
    return key


def done(key):
    return key


class Special(store.Store):
    pass


def of_objects(key):
    one, hidden, other = Special(), store.Store(), {}
    one.keep(key, done(key))
    one.keep("text")
    hidden.keep(key)
    other.keep(key)
