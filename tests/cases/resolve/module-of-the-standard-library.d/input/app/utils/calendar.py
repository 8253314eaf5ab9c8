settings = {"days": 7}
