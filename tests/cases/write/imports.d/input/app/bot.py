from app import between, docstring, future, nothing


def on_message(raw):
    return between.name(), future.name(), nothing.Nothing().name(), docstring.name()
