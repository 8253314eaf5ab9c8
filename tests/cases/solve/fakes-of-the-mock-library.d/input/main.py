import clerk


def handle(tenant, order="tea"):
    return clerk.price(order) + clerk.by_table(order) + clerk.checkout(clerk.Till(), order)
