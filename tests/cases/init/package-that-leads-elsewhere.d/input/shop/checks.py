from shop.rows.read import read


def check():
    return read()
