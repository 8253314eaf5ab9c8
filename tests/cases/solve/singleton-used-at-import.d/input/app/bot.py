from app.hub import hub


@hub.register
def tool():
    return "tool"


SIZE = hub.limit


def on_message(raw):
    return hub.names[0](), SIZE
