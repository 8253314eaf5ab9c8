from app import cli, logs, web


def on_message(raw):
    tenant = web.Tenant()
    handler = logs.Handler("a.log")
    return (
        cli.main(),
        handler.emit(raw),
        handler._format(raw),
        logs.make_filter(),
        tenant.process_request(raw),
        tenant._own(),
        web.send(),
        web.inner(),
    )
