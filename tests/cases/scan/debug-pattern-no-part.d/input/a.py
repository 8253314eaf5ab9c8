# two
g(f(1), f(2))
