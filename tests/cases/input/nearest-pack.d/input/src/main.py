import src.config.config
