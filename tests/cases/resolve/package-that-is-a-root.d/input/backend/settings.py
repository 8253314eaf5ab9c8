NAMES = ["admin"]
