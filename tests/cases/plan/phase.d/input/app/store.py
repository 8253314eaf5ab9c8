class Store:
    def rows(self):
        return []


store = Store()
