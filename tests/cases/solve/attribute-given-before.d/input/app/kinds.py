class Manager:
    def start(self):
        pass


class Other:
    def start(self):
        pass
