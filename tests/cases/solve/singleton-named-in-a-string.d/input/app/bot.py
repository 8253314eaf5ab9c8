import importlib

from app import shop

ENTRY = "app.shop:desk"


def on_message(raw):
    # The last one is data, and no name.
    print("till", shop.till)
    return getattr(shop, "store"), importlib.import_module("app.shop").shelf, ENTRY
