class Context:
    tenant_id = ""


def current():
    return Context()


def made(raw):
    return Context()


def settings_of(ctx):
    return ctx


def keep_engine(ctx, engine):
    return engine


def tenant_path(path, into, ctx, below=""):
    return path
