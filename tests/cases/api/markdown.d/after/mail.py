def send(text, to, *, isolation_context):
    pass
