class Store:
    rows = {}


store = Store()
