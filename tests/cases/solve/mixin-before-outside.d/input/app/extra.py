class Extra:
    def __init__(self):
        self.extra = True
