import os

TOKEN = os.environ["TOKEN"]
DEBUG = False
URL = "https://example.org"
