class Context:
    tenant_id = ""


def current():
    return Context()


def made(raw):
    return Context()


def tenant_path(path, into, ctx, below=""):
    return path
