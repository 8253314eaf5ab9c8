from shop import store


def take(order):
    return store.put(order)


def price(order):
    return 2 * take(order)


TABLE = {"take": take}


def by_table(order):
    return TABLE["take"](order)


class Till:
    def ring(self, order):
        return take(order) + 1


def checkout(till: Till, order):
    return till.ring(order)
