class Settings:
    title = ""
    rows = {}
    name = "n"
