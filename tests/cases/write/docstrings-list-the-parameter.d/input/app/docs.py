from app.config import settings


def google(path, mode="r"):
    """Opens it.

    Args:
        path: where it is,
            and more of it
        mode: how.

    Returns:
        What is there.
    """
    return settings.a, path, mode


def google_with_types(path):
    """Opens it.

    Args:
        path (str): where it is"""
    return settings.a, path


def numpy(path, mode="r"):
    """
    Opens it.

    Parameters
    ----------
    path : str
        Where it is.
    mode : str, optional
        How.

    Returns
    -------
    object
    """
    return settings.a, path, mode


def sphinx(path, mode="r"):
    """Opens it.

    :param path: where it is
    :type path: str
    :param mode: how,
        and more of it
    :type mode: str
    :returns: what is there
    """
    return settings.a, path, mode


def sphinx_without_types(path):
    r'''Opens it.

    :param str path: 文件在哪里。
    '''
    return settings.a, path


def lists_none(path):
    """Opens it.

    Args are taken as they come: see there.
    """
    return settings.a, path


def one_line(path):
    """:param path: where"""
    return settings.a, path


def no_entries(path):
    """Opens it.

    Args:

    Returns:
        what
    """
    return settings.a, path


def said_already(path):
    """Opens it.

    Args:
        path: where
        isolation_context: for whom
    """
    return settings.a, path


class Kept:
    """Keeps it.

    Args:
        path: where it is
    """

    limit = 3

    def __init__(self, path):
        self.path = path

    def read(self):
        return settings.a, self.path
