from app.config import settings
X = settings.x
