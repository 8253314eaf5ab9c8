class Context:
    pass


def current():
    return Context()


def context_of(raw):
    return Context()


def get_settings(context):
    return context
