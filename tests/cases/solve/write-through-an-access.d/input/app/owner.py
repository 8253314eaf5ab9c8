from conf import Config
class Owner:
    def __init__(self):
        self.config = Config("x")
owner = Owner()
