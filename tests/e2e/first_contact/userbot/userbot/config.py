import os


class Config:
    API_ID = int(os.environ.get("API_ID", 6))
    LOG_CHAT = int(os.environ.get("LOG_CHAT", 0))
    PREFIX = "."
