from iso import Context, context_of, get_settings


def greet(name, *, context: Context):
    return get_settings(context).hello + name


def on_message(raw):
    context = context_of(raw)
    return greet(raw["name"], context=context)
# BAD one
# BAD two
