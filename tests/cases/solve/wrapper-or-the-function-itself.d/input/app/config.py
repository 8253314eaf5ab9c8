settings = {"limit": 3, "debug": True}
