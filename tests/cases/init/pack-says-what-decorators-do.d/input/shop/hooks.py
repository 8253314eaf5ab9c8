LISTENERS = []


def on_order(function):
    LISTENERS.append(function)
    return function


@on_order
def listener_0(order):
    return order


@on_order
def listener_1(order):
    return order


@on_order
def listener_2(order):
    return order


@on_order
def listener_3(order):
    return order


@on_order
def listener_4(order):
    return order


@on_order
def listener_5(order):
    return order
