class Store:
    def __init__(self):
        self.rows = []

    def add(self, row):
        self.rows.append(row)


store = Store()
