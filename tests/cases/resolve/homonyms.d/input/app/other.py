settings = {"a": 1}


def _get_settings():
    """Returns settings, see app.config.settings."""
    return settings  # settings
