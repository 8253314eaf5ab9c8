from app.config import settings


def name(prefix, suffix):
    return settings.name + prefix + suffix


def name_of_someone(first_prefix, last_suffix, between):
    return name("prefix", "suffix") + first_prefix + last_suffix + between
