def run_soon(function, *args):
    return function(*args)
