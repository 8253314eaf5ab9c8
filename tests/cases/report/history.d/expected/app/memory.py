class Memory:
    size = 0


memory = Memory()
