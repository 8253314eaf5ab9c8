from app.config import settings


class Left:
    def __init__(self):
        self.name = settings.left

    def go(self, depth):
        return self.name if depth == 0 else right.go(depth - 1)


class Right:
    def __init__(self):
        self.name = settings.right

    def go(self, depth):
        return self.name if depth == 0 else left.go(depth - 1)


left = Left()
right = Right()
