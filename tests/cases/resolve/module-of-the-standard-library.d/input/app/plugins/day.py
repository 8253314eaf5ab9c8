from calendar import monthrange, settings  # Python's


def last(year, month):
    return monthrange(year, month)[1] + len(settings)
