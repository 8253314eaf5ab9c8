class Store:
    def put(self, row):
        return row


store = Store()
