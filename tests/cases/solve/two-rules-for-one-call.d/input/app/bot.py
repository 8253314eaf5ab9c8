from app.config import read_settings, settings


def limit(raw, most=read_settings().most):
    return min(raw["n"], most)


def name_of(part):
    return read_settings().names[part]


def on_message(raw):
    # What stands in the arguments goes with the call.
    main = read_settings(name_of("main")).title
    return limit(raw), main, read_settings(settings.section)
