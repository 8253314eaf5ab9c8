from app.config import settings

PORT = settings.port
