class State:
    def __init__(self):
        self.users = []

    def add(self, user):
        self.users = [*self.users, user]


state = State()
