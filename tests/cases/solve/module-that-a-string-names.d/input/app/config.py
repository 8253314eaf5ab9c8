settings = {"limit": 3}


def limit():
    return settings["limit"]
