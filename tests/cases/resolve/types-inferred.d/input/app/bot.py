from app.tool import Box


def make_box():
    box = Box()
    return box


def passed(tool):
    return tool.use()


def on_message(raw):
    box = make_box()
    box.tool.use()
    box.open().use()
    return passed(box.open())
