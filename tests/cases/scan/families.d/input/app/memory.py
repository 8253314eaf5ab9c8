class Memory:
    pass


memory = Memory()
