settings = object()


def read_settings(section=None):
    return settings if section is None else settings[section]
