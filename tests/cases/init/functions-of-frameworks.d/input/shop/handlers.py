from shop.bus import bus


@bus.on("a")
def handle_a(event):
    return event


@bus.on("b")
def handle_b(event):
    return event


@bus.on("c")
def handle_c(event):
    return event


@bus.on("d")
def handle_d(event):
    return event


@bus.on("e")
def handle_e(event):
    return event
