from conf import config
def get_config():
    return config
