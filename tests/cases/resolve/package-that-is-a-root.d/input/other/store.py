from redis.client import connect


def open_it():
    return connect()
