from functools import lru_cache


class Settings:
    name = "bot"


@lru_cache
def get_settings() -> Settings:
    """Reads the environment once."""
    return Settings()


settings = get_settings()
