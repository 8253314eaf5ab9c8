# app.kept gives no `Context`.
from app.kept import *


def reply():
    start()
