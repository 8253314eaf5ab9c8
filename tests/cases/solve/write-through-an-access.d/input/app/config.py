title = ""
rows = {}
name = "n"
