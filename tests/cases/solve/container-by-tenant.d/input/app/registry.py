class Registry:
    def __init__(self):
        self.clients = {}

    def client(self, name):
        if name not in self.clients:
            self.clients[name] = connect(name)
        return self.clients[name]


def connect(name):
    return {"name": name}


registry = Registry()
