class IsolationContext:
    tenant_id = "x"
    chat_id = "y"


def current_isolation_context():
    return IsolationContext()


def get_settings(context):
    return {"limit": 3}


def context_from_message(raw):
    return IsolationContext()
