setting = 1
