class Config:
    def __init__(self, name: str) -> None:
        self.name = name
        self.title = ""
        self.rows = {}
        self.sub = Sub()


class Sub:
    x = ""
    items = []


config = Config("shared")
settings = Config("shared2")
