import sys

from core.storage import Database

if len(sys.argv) > 1:
    database = Database()
else:
    database = None
