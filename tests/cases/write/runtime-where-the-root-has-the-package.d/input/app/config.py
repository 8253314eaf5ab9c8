limits = {"words": 3}
