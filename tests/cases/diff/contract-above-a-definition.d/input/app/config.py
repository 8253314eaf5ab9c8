class S:
    owner = "x"
settings = S()
