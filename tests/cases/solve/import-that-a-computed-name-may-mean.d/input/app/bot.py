from app import asked, coded, plain, tables


def find(name):
    return getattr(asked, f"get_{name}")


def on_message(raw):
    coded.count()
    find("settings")
    tables.ask("settings")
    return asked.read(raw) + coded.read(raw) + plain.read(raw) + tables.read(raw)
