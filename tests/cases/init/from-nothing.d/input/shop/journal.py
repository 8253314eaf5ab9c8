class Journal:
    def __init__(self):
        self.lines = []
        self.open = False

    def begin(self):
        self.open = True


# Made where an error may come, and used as an attribute of the module only.
try:
    journal = Journal()
except OSError:
    journal = None
