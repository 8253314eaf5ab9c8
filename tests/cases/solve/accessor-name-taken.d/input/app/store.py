class Store:
    pass


def get_isolated_store():
    return get_isolated_store_of_store


get_isolated_store_of_store = Store
store = Store()
