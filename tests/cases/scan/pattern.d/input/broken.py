def broken(:
    d.get(1, None)
