from app.greet import greet


class Other:
        limit = 1

    def greet(self):
        return greet("x")
