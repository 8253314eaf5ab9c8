from app.tool import Tool, size


def on_message(raw):
    return size(1), Tool().use(2)
