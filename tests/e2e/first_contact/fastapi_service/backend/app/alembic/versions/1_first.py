from app.config import settings


def upgrade():
    return settings.name
