from app import cli, web


def on_message(raw):
    tenant = web.Tenant()
    return (
        cli.main(),
        tenant.process_request(raw),
        tenant._own(),
        web.send(),
        web.inner(),
        web.make(),
        web.serve(),
        cli.show(),
    )
