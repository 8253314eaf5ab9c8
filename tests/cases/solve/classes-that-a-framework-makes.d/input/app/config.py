settings = {"limit": 3}
