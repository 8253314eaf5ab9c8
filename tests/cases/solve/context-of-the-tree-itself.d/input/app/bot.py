from app.tenants import Guest, load


def on_message(raw):
    return load(raw["part"]), Guest("g").limit()
