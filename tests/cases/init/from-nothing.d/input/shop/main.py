from sanic import Sanic

from shop.store import fixed, get_lazy, store

app = Sanic("shop")


class OrderMessage:
    pass


def first(message: OrderMessage):
    return store.size


def second(message: OrderMessage):
    return get_lazy().size


def third(message: OrderMessage):
    return fixed.name


@app.get("/orders")
async def orders():
    return first(OrderMessage())
