class AppConfig:
    LIMIT = 1
    SIZE = 2
    NAME = "x"
