settings = object()


def current():
    return settings
