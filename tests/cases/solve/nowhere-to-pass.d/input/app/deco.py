def retry(times):
    def mark(function):
        return function

    return mark
