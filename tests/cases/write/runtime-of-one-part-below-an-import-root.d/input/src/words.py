from config import limits


def is_short(text):
    return len(text.split()) < limits["words"]
