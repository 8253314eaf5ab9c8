# vim: set fileencoding=latin-1 :
from app.config import settings


def name(x="é"):
    return "é" + settings.name
