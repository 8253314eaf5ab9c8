from web.words import is_short


def check(text):
    return is_short(text)
