def get_settings():
    return 1
