from app.config import settings


def many():
    return settings.name  # weft: ignore[nothing-1, nothing-2, nothing-3, nothing-4, nothing-5, nothing-6, nothing-7, nothing-8, nothing-9, nothing-10, nothing-11, nothing-12, nothing-13, nothing-14, nothing-15, nothing-16, nothing-17, nothing-18, nothing-19, nothing-20, nothing-21, nothing-22, nothing-23, config] the last one counts
