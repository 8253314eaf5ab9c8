class Thing:
    pass


store = Thing()
desk = Thing()
shelf = Thing()
till = Thing()
