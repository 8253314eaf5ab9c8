import os

DEBUG = os.environ.get("DEBUG")
LIMIT = 10
NAME = "app"
