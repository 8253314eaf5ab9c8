class Manager:
    def start(self):
        pass
