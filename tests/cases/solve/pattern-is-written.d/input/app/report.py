class Store:
    current = None
    count = 0
    title = ""


store = Store()
