x = d.get("k", None)
y = [e.get(name, None), f(1), f(), f(a or b, 3)]
z = -(a + b).get(k, None) ** 2
print(d.get(d.get("q", None), None), f(1) * f(a + b, 2) ** 2)


def g():
    return a.get(lambda: 1, None)
