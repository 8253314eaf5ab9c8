class Config:
    pass


global_config = Config()
