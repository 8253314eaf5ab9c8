from settings import NAMES


def create_roles():
    return list(NAMES)
