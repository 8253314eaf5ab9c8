def last(key):
    if key:
        return 1
  return 2
