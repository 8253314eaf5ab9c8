def lookups(d, key, name):
    d.get(key, None)
    d[key].get(  # a comment is nothing
        name,
        None,
    )
    d.get(key)
    d.get(d.get("ü", None), None)
d.get(1, 1)
